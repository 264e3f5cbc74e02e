import BrokerTokens
import IdentityBroker

/// Exchanges an authorization code for tokens (RFC 6749 §4.1.3).
struct AuthorizationCodeGrant: GrantHandler {
    let type = GrantType.authorizationCode
    let action = AuditAction.authorizationCode

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let code = try await request.checking(action, in: context) { form throws(OAuthError) in
            CodeRequest(
                client: request.client,
                code: Secret(try form.required("code")),
                redirectURI: try form.required("redirect_uri"),
                verifier: form["code_verifier"].map { Secret($0) },
                audiences: form.audiences
            )
        }
        return TokenResponse(tokens: try await context.tokens.redeem(code), isExchange: false)
    }
}
