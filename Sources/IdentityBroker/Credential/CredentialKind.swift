/// The kind of credential that a caller presents.
public struct CredentialKind: RawRepresentable, Sendable, Hashable {
    /// The kind's name in snake case, as it appears in documents and audit events.
    public let rawValue: String

    /// Names a custom kind: `[a-z][a-z0-9_]*`, except `code`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An opaque one-time text that an upstream's own app gave to the user's app.
    public static let ticket = CredentialKind(rawValue: "ticket")
    /// An OAuth 2.0 authorization code (RFC 6749 §1.3.1).
    public static let authorizationCode = CredentialKind(rawValue: "authorization_code")
    /// An OpenID Connect ID token.
    public static let idToken = CredentialKind(rawValue: "id_token")

    /// Whether documents and requests can identify the kind by its name: snake case, and not `code`, which identifies
    /// an authorization code.
    package var isIdentifiable: Bool {
        guard let first = rawValue.utf8.first, rawValue != "code" else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
            && rawValue.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
