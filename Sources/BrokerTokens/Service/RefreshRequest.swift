public import IdentityBroker

/// A refresh (RFC 6749 §6): a refresh token for fresh tokens.
public struct RefreshRequest: Sendable {
    /// The client that asks.
    public let client: AuthenticatedClient
    /// The refresh token as received.
    public let refreshToken: Secret
    /// The `scope` parameter as received: at most what was granted; nil for all of it.
    public let scope: String?
    /// Every `audience` and `resource` parameter: at most what was granted; empty for all of it.
    public let audiences: [String]

    /// Creates a request.
    public init(
        client: AuthenticatedClient,
        refreshToken: Secret,
        scope: String? = nil,
        audiences: [String] = []
    ) {
        self.client = client
        self.refreshToken = refreshToken
        self.scope = scope
        self.audiences = audiences
    }
}
