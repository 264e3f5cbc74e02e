import BrokerTokens
import IdentityBroker

/// Gives a client an access token of its own (RFC 6749 §4.4).
struct ClientCredentialsGrant: GrantHandler {
    let type = GrantType.clientCredentials
    let action = AuditAction.clientCredentials

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let credentials = ClientCredentialsRequest(
            client: request.client, scope: request.form["scope"], audiences: request.form.audiences)
        return TokenResponse(try await context.tokens.issue(credentials))
    }
}
