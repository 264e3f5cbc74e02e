public import IdentityBroker
import OAuthClient
import UpstreamAPI

extension OpenIDConnectProvider: RedirectRequesting {
    /// The provider's authorization endpoint with an authentication request (OpenID Connect Core §3.1.2.1, RFC 7636
    /// §4.3), or with a reference to the request that was pushed (RFC 9126 §4).
    ///
    /// - Throws: ``BrokerError``: what fetching the discovery document and pushing throw, and `upstreamMisbehaved` if the
    ///   endpoint has parameters of the request in its own query.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        let metadata = try await metadataForRedirect { try await context.shared($0) }
        let endpoint = try metadata.endpoint(\.authorization, "authorization_endpoint")
        var fields = parameters
        fields.add("redirect_uri", flow.redirectURI)
        fields.add("state", flow.state.reveal())
        if nonceRule != .absent { fields.add("nonce", flow.nonce.reveal()) }
        if redirectForm.usesPKCE {
            fields.add("code_challenge", flow.codeChallenge)
            fields.add("code_challenge_method", "S256")
        }
        if let pushing = try pushEndpoint(by: metadata) {
            fields = try await push(fields, to: pushing, by: metadata, in: context)
        }
        return AuthorizationRequest(
            url: try endpoint.authorizationURL(with: fields), namesItself: metadata.namesItself)
    }
}
