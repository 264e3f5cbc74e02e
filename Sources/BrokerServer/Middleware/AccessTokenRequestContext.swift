public import BrokerTokens
public import Hummingbird

/// A request context that can hold the request's access token.
public protocol AccessTokenRequestContext: RequestContext {
    /// The token, once ``AccessTokenMiddleware`` has verified it.
    var accessToken: AccessToken? { get set }
}
