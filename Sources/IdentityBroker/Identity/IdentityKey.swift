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

/// Who vouches for a person: the namespace in which a subject is unique.
///
/// Never change it: that re-keys every account. It is usually a URL, but any text of up to 255 bytes without white
/// space or control characters will do (the limit that OpenID Connect Core §2 sets for a subject).
public struct Issuer: Sendable, Hashable {
    /// The issuer as text, compared byte by byte.
    public let rawValue: String

    /// Parses an issuer. Returns nil for an invalid one.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
    }
}

extension Issuer: CustomStringConvertible {
    /// The issuer as text.
    public var description: String { rawValue }
}
