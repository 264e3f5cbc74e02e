import BrokerServing
import BrokerTokens

/// The dependencies of the endpoints.
struct EndpointContext: Sendable {
    let tokens: TokenService
    let guards: RequestGuards
    let bounds: RequestBounds
}
