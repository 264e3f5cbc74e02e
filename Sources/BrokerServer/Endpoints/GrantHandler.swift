import BrokerTokens
import Foundation
import IdentityBroker
import StrictJSON

/// Answers the token requests of one grant type (RFC 6749 §4).
protocol GrantHandler: Sendable {
    /// The grant type, as a request names it.
    var type: GrantType { get }

    /// What the audit log calls such a request.
    var action: AuditAction { get }

    /// Issues tokens for a request of an authenticated client.
    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse
}

/// Exchanges a provider's credential for tokens (RFC 8693 §2.1).
struct TokenExchangeGrant: GrantHandler {
    let type = GrantType.tokenExchange
    let action = AuditAction.tokenExchange

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let exchange = try await request.checking(action, in: context) { form throws(OAuthError) in
            try exchangeRequest(form, by: request.client, at: context.tokens.broker)
        }
        return TokenResponse(tokens: try await context.tokens.exchange(exchange), isExchange: true)
    }

    private func exchangeRequest(
        _ form: RequestForm,
        by client: AuthenticatedClient,
        at broker: Broker
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
        // A type that does not take these refuses them: to ignore a verifier would be to leave a code unbound.
        let binding = kind == .authorizationCode ? ["code_verifier", "redirect_uri"] : []
        var parts: [String: Secret] = [:]
        for name in broker.credentialParts(of: kind, at: provider) + binding {
            parts[name] = form[name].map { Secret($0) }
        }
        let nonce = kind.mayHaveNonce ? form["nonce"].map { Secret($0) } : nil
        var request = ExchangeRequest(
            client: client,
            provider: provider,
            credential: Credential(kind: kind, value: subjectToken, nonce: nonce, parts: parts),
            scope: form["scope"],
            audiences: form.audiences,
            caller: .client(client.client.id)
        )
        request.requester = Place.current
        return request
    }
}

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

/// A successful answer of the token endpoint (RFC 6749 §5.1; RFC 8693 §2.2.1).
struct TokenResponse {
    private let members: JSONObject

    /// The answer with a person's tokens.
    init(tokens: IssuedTokens, isExchange: Bool) {
        var members = Self.members(tokens.accessToken, tokens.expiresIn)
        if isExchange { members["issued_token_type"] = .string(IssuedTokens.issuedTokenType) }
        if !tokens.scope.isEmpty { members["scope"] = .string(tokens.scope) }
        members["refresh_token"] = (tokens.refreshToken?.reveal()).map(JSONValue.string)
        members["id_token"] = (tokens.idToken?.reveal()).map(JSONValue.string)
        self.members = members
    }

    /// The answer with a client's own token.
    init(_ token: IssuedClientToken) {
        members = Self.members(token.accessToken, token.expiresIn)
    }

    var json: Data { Data(members.jsonBytes) }

    private static func members(_ accessToken: Secret, _ expiresIn: Duration) -> JSONObject {
        [
            "access_token": .string(accessToken.reveal()),
            "token_type": .string(IssuedTokens.tokenType),
            "expires_in": .integer(expiresIn.components.seconds),
        ]
    }
}
