/// What sort of credential a caller presents.
public struct CredentialKind: RawRepresentable, Sendable, Hashable {
    /// The kind's name in snake case, as it stands in documents and audit events.
    public let rawValue: String

    /// Names a kind of one's own.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An opaque one-time text that an upstream's own app handed to the user's app.
    public static let ticket = CredentialKind(rawValue: "ticket")
    /// An OAuth 2.0 authorization code (RFC 6749 §1.3.1).
    public static let authorizationCode = CredentialKind(rawValue: "authorization_code")
    /// An OpenID Connect ID token.
    public static let idToken = CredentialKind(rawValue: "id_token")
}
