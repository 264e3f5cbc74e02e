public import BrokerTokens
public import Hummingbird

/// A request context that has a place for the access token of its request.
public protocol AccessTokenRequestContext: RequestContext {
    /// The token, once ``AccessTokenMiddleware`` has verified it.
    var accessToken: AccessToken? { get set }
}
