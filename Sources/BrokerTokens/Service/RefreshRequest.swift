public import IdentityBroker

/// A refresh (RFC 6749 §6): a refresh token for fresh tokens.
public struct RefreshRequest: Sendable {
    /// Who asks.
    public let client: AuthenticatedClient
    /// The refresh token as it came.
    public let refreshToken: Secret
    /// The `scope` parameter as it came: at most what was granted; nil for all of it.
    public let scope: String?
    /// Every `audience` and `resource` parameter: at most what was granted; none for all of it.
    public let audiences: [String]

    /// Makes a request.
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
