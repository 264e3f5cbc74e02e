/// What distinguishes one identity from every other: the issuer, and the subject that is unique within it.
///
/// Never an e-mail address, phone number, unionid or openid: each can move between people, or change for one person.
public struct IdentityKey: Sendable, Hashable {
    /// Who vouches.
    public let issuer: Issuer
    /// The issuer's stable id of the person: 1 to 255 visible ASCII characters, case-sensitive (OpenID Connect
    /// Core §2).
    public let subject: String

    /// Makes a key.
    public init(issuer: Issuer, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}
