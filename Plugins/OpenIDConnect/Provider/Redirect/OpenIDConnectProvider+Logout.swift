public import IdentityBroker
import OAuthClient
import UpstreamAPI

extension OpenIDConnectProvider: LogoutRequesting {
    /// The provider's endpoint for ending a session, with a logout request (OpenID Connect RP-Initiated Logout 1.0 §2).
    ///
    /// - Throws: ``BrokerError``: what fetching the discovery document throws, and `upstreamMisbehaved` if the endpoint has
    ///   parameters of the request in its own query.
    public func logoutURL(for request: LogoutRequest, in context: LogoutContext) async throws -> String? {
        let metadata = try await discovery.metadata { try await context.shared($0) }
        guard let endpoint = metadata.endpoints.endSession else { return nil }
        var fields = FormFields()
        fields.add("client_id", authentication.clientId)
        if let idToken = request.idToken { fields.add("id_token_hint", idToken.reveal()) }
        if let address = request.returnURI { fields.add("post_logout_redirect_uri", address) }
        if let state = request.state { fields.add("state", state) }
        // Whatever this request sends, so that no endpoint works for some requests alone.
        let names: Set = ["client_id", "id_token_hint", "post_logout_redirect_uri", "state"]
        guard endpoint.parameterNames.isDisjoint(with: names) else {
            throw BrokerError(
                .upstreamMisbehaved,
                "The provider's endpoint for signing out already has parameters of the request in it.")
        }
        return endpoint.text(with: fields)
    }
}
