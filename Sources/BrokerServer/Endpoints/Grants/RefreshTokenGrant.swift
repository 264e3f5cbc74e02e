import BrokerTokens
import IdentityBroker

/// Exchanges a refresh token for new tokens (RFC 6749 §6).
struct RefreshTokenGrant: GrantHandler {
    let type = GrantType.refreshToken
    let action = AuditAction.refresh

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let refresh = try await request.checking(action, in: context) { form throws(OAuthError) in
            RefreshRequest(
                client: request.client,
                refreshToken: Secret(try form.required("refresh_token")),
                scope: form["scope"],
                audiences: form.audiences
            )
        }
        return TokenResponse(tokens: try await context.tokens.refresh(refresh), isExchange: false)
    }
}
