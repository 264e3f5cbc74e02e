import BrokerTokens
import Hummingbird
import IdentityBroker
import StrictJSON

/// `POST /providers/{id}/nonce`: a nonce for a public client's native login with the provider.
struct NonceEndpoint: Sendable {
    let context: EndpointContext

    /// - Parameters:
    ///   - id: The provider's id, as the path gives it.
    ///   - origin: Where the request comes from.
    func respond(
        to request: Request,
        at id: String?,
        from origin: RequestOrigin
    ) async throws(OAuthError) -> Response {
        try context.guards.admitNonce(for: origin)
        let request = try await ClientRequest(request, for: .nonce, in: context)
        let provider = try await request.checking(.nonce, in: context) { _ throws(OAuthError) in
            guard let provider = id.flatMap(ProviderID.init) else {
                throw OAuthError(.invalidRequest, "The path does not name a provider.")
            }
            return provider
        }
        let issued = try await context.tokens.issueNonce(for: provider, to: request.client)
        return Response(answer: [
            "nonce": .string(issued.nonce.reveal()), "expires_in": .integer(issued.expiresIn.components.seconds),
        ])
    }
}
