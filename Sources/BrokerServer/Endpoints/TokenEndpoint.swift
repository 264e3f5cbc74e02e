import BrokerTokens
import Hummingbird
import IdentityBroker

/// `POST /oauth2/token`: tokens for a grant (RFC 6749 §3.2). Each grant type has its own handler.
struct TokenEndpoint: Sendable {
    let context: EndpointContext

    private static let handlers: [any GrantHandler] = [TokenExchangeGrant(), RefreshTokenGrant()]

    /// The grant types that the service supports.
    static var grantTypes: [GrantType] { handlers.map(\.type) }

    func respond(to request: Request) async throws(OAuthError) -> TokenResponse {
        let request = try await ClientRequest(
            request, for: .tokenExchange, repeatable: ["audience", "resource"], in: context)
        let handler = try await request.checking(.tokenExchange, in: context) { form throws(OAuthError) in
            try Self.handler(of: try form.required("grant_type"))
        }
        return try await handler.respond(to: request, in: context)
    }

    private static func handler(of type: String) throws(OAuthError) -> any GrantHandler {
        guard let handler = handlers.first(where: { $0.type.rawValue == type }) else {
            let supported = grantTypes.map(\.rawValue).joined(separator: ", ")
            throw OAuthError(.unsupportedGrantType, "Unsupported grant type. Use one of: \(supported).")
        }
        return handler
    }
}
