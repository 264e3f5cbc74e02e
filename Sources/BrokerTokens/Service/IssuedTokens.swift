public import IdentityBroker

/// The tokens that a client receives (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
public struct IssuedTokens: Sendable {
    /// The access token: a JWT (RFC 9068).
    public let accessToken: Secret
    /// The lifetime of the access token, in whole seconds.
    public let expiresIn: Duration
    /// What was granted, separated by spaces; empty for nothing.
    public let scope: String
    /// The refresh token, for a client that may refresh.
    public let refreshToken: Secret?
    /// The ID token, if `openid` was requested.
    public let idToken: Secret?
    /// The account that the tokens belong to.
    public let account: AccountID

    /// `token_type` (RFC 6750).
    public static let tokenType = "Bearer"
    /// `issued_token_type` in the answer to an exchange (RFC 8693 §2.2.1).
    public static let issuedTokenType = "urn:ietf:params:oauth:token-type:access_token"
}
