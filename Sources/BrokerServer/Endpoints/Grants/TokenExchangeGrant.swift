import BrokerTokens
import IdentityBroker

/// Exchanges a provider's credential for tokens (RFC 8693 §2.1).
struct TokenExchangeGrant: GrantHandler {
    let type = GrantType.tokenExchange
    let action = AuditAction.tokenExchange

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let exchange = try await request.checking(action, in: context) { form throws(OAuthError) in
            try exchangeRequest(form, by: request.client)
        }
        return TokenResponse(tokens: try await context.tokens.exchange(exchange), isExchange: true)
    }

    private func exchangeRequest(
        _ form: RequestForm,
        by client: AuthenticatedClient
    ) throws(OAuthError) -> ExchangeRequest {
        guard let kind = CredentialKind(subjectTokenType: try form.required("subject_token_type")) else {
            throw OAuthError(
                .invalidRequest, "Unknown 'subject_token_type'. The service's metadata lists those supported.")
        }
        let subjectToken = Secret(try form.required("subject_token"))
        guard let provider = ProviderID(try form.required("provider")) else {
            throw OAuthError(.invalidRequest, "The parameter 'provider' is not a provider id.")
        }
        guard [nil, IssuedTokens.issuedTokenType].contains(form["requested_token_type"]) else {
            let advice = "Ask for \(IssuedTokens.issuedTokenType), and for an ID token by the scope 'openid'."
            throw OAuthError(.invalidRequest, "Tokens of the requested type are not issued. \(advice)")
        }
        guard form["actor_token"] == nil, form["actor_token_type"] == nil else {
            throw OAuthError(.invalidRequest, "Delegation is not supported; omit 'actor_token'.")
        }
        var request = ExchangeRequest(
            client: client,
            provider: provider,
            credential: Credential(kind: kind, value: subjectToken),
            scope: form["scope"],
            audiences: form.audiences,
            caller: .client(client.client.id)
        )
        request.requester = Place.current
        return request
    }
}
