import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

extension OpenIDConnectProvider {
    /// Where requests are pushed, by the settings and by the provider's own word; nil if they are not.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if both cannot be met.
    func pushEndpoint(by metadata: ProviderMetadata) throws(BrokerError) -> Endpoint? {
        switch pushRule {
        case .off:
            guard !metadata.requiresPush else {
                throw BrokerError(
                    .misconfigured,
                    "The provider takes only pushed authorization requests, and par is off. Set par to auto.")
            }
            return nil
        case .auto:
            guard !metadata.requiresPush || metadata.endpoints.push != nil else {
                throw BrokerError(
                    .misconfigured,
                    """
                    The provider's discovery document requires pushed authorization requests, and names no \
                    pushed_authorization_request_endpoint. Ask the provider to name it.
                    """)
            }
            return metadata.endpoints.push
        case .required:
            guard let endpoint = metadata.endpoints.push else {
                throw BrokerError(
                    .misconfigured,
                    "The provider takes no pushed authorization requests, and par is required. Set par to auto or off.")
            }
            return endpoint
        }
    }

    /// Pushes the parameters of a request (RFC 9126 §2).
    ///
    /// - Returns: What the browser carries in their place.
    /// - Throws: ``BrokerError``, by the table of the token endpoint.
    func push(
        _ fields: FormFields,
        to endpoint: Endpoint,
        by metadata: ProviderMetadata,
        in context: RedirectContext
    ) async throws -> FormFields {
        let response = try await context.push(try clientRequest(to: endpoint, with: fields, by: metadata))
        let members = response.object
        let refusal = TokenRefusal(endpoint: .push, peculiarities: peculiarities)
        if let failure = refusal.failure(in: response, members, at: clock.now()) { throw failure }
        // §2.2 asks for 201; some answer 200.
        guard [200, 201].contains(response.status.code), let reference = members?["request_uri"]?.string,
            (1...Self.longestReference).contains(reference.utf8.count)
        else {
            throw BrokerError(
                .upstreamMisbehaved, "The answer of the provider's endpoint for pushed requests has no request_uri.")
        }
        var carried = FormFields()
        carried.add("client_id", authentication.clientId)
        carried.add("request_uri", reference)
        return carried
    }

    private static var longestReference: Int { 2048 }
}
