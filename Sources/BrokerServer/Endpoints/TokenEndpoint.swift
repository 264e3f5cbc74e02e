import BrokerTokens
import Hummingbird
import IdentityBroker

/// `POST /oauth2/token`: a provider's ticket, or a refresh token, for tokens of ours (RFC 6749 §3.2, RFC 8693).
struct TokenEndpoint: Sendable {
    let context: EndpointContext

    /// The required type of a `subject_token`: a ticket, as a provider's app hands one to the user's app.
    static let ticketType = "urn:identity-broker:token-type:ticket"

    func respond(to request: Request) async throws(OAuthError) -> TokenResponse {
        let request = try await ClientRequest(
            request, for: .tokenExchange, repeatable: ["audience", "resource"], in: context)
        let grant = try await request.checking(.tokenExchange, in: context) { form throws(OAuthError) in
            try Self.grantType(form)
        }
        switch grant {
        case .refreshToken: return try await refresh(request)
        default: return try await exchange(request)
        }
    }

    private static func grantType(_ form: RequestForm) throws(OAuthError) -> GrantType {
        let grant = GrantType(rawValue: try form.required("grant_type"))
        guard [.tokenExchange, .refreshToken].contains(grant) else {
            let known = "\(GrantType.tokenExchange.rawValue) and \(GrantType.refreshToken.rawValue)"
            throw OAuthError(.unsupportedGrantType, "The grant type is none of those there are: \(known).")
        }
        return grant
    }

    private func exchange(_ request: ClientRequest) async throws(OAuthError) -> TokenResponse {
        let exchange = try await request.checking(.tokenExchange, in: context) { form throws(OAuthError) in
            try Self.exchangeRequest(form, by: request.client)
        }
        return TokenResponse(tokens: try await context.tokens.exchange(exchange), isExchange: true)
    }

    private static func exchangeRequest(
        _ form: RequestForm,
        by client: AuthenticatedClient
    ) throws(OAuthError) -> ExchangeRequest {
        guard try form.required("subject_token_type") == ticketType else {
            throw OAuthError(.invalidRequest, "The subject token's type is not \(ticketType).")
        }
        let ticket = try form.required("subject_token")
        guard let provider = ProviderID(try form.required("provider")) else {
            throw OAuthError(.invalidRequest, "The parameter 'provider' is not a provider id.")
        }
        guard [nil, IssuedTokens.issuedTokenType].contains(form["requested_token_type"]) else {
            let advice = "Ask for \(IssuedTokens.issuedTokenType), and for an ID token by the scope 'openid'."
            throw OAuthError(.invalidRequest, "Tokens of the requested type are not issued. \(advice)")
        }
        guard form["actor_token"] == nil, form["actor_token_type"] == nil else {
            throw OAuthError(.invalidRequest, "Nobody can act for somebody else here: leave 'actor_token' out.")
        }
        var request = ExchangeRequest(
            client: client,
            provider: provider,
            credential: .ticket(ticket),
            scope: form["scope"],
            audiences: form.all("audience") + form.all("resource"),
            caller: .client(client.client.id)
        )
        request.requester = Place.current
        return request
    }

    private func refresh(_ request: ClientRequest) async throws(OAuthError) -> TokenResponse {
        let refresh = try await request.checking(.refresh, in: context) { form throws(OAuthError) in
            RefreshRequest(
                client: request.client,
                refreshToken: Secret(try form.required("refresh_token")),
                scope: form["scope"],
                audiences: form.all("audience") + form.all("resource")
            )
        }
        return TokenResponse(tokens: try await context.tokens.refresh(refresh), isExchange: false)
    }
}
