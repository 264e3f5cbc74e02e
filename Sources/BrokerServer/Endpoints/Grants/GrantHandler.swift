import BrokerTokens
import IdentityBroker

/// Answers the token requests of one grant type (RFC 6749 §4).
protocol GrantHandler: Sendable {
    /// The grant type, as a request names it.
    var type: GrantType { get }

    /// Issues tokens for a request of an authenticated client.
    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse
}
