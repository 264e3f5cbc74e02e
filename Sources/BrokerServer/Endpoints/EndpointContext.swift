import BrokerServing
import BrokerTokens

/// What the endpoints work with.
struct EndpointContext: Sendable {
    let tokens: TokenService
    let guards: RequestGuards
    let bounds: RequestBounds
}
