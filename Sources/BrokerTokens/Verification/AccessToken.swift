public import Foundation

/// The claims of a verified access token (RFC 9068 §2.2).
public struct AccessToken: Sendable, Hashable {
    /// The token's own id: `jti`.
    public let id: String
    /// The id of the account: `sub`.
    public let subject: String
    /// The client that received it: `client_id`.
    public let client: String
    /// The resource servers that it is for: `aud`.
    public let audiences: [String]
    /// What was granted: `scope`.
    public let scopes: Set<String>
    /// The grant that it belongs to: `sid`.
    public let grant: UUID
    /// When it was issued: `iat`.
    public let issued: Date
    /// When it expires: `exp`.
    public let expiry: Date
    /// When the person signed in: `auth_time`.
    public let authenticated: Date
}
