import BrokerTokens
import Hummingbird
import IdentityBroker

/// `POST /oauth2/token`: tokens for a grant (RFC 6749 §3.2). Each grant type has its own handler.
struct TokenEndpoint: Sendable {
    let context: EndpointContext

    private static let handlers: [any GrantHandler] = [
        TokenExchangeGrant(), RefreshTokenGrant(), AuthorizationCodeGrant(), ClientCredentialsGrant(),
        DeviceCodeGrant(),
    ]

    /// The grant types that the service supports, whether or not a client may use them.
    static var grantTypes: [GrantType] { handlers.map(\.type) }

    func respond(to request: Request) async throws(OAuthError) -> TokenResponse {
        let request = try await ClientRequest(
            request, for: .tokenRequest, repeatable: ["audience", "resource"], in: context
        ) { form in
            form["grant_type"].flatMap(Self.handler)?.action
        }
        let handler = try await request.checking(.tokenRequest, in: context) { form throws(OAuthError) in
            try Self.supportedHandler(of: try form.required("grant_type"))
        }
        return try await handler.respond(to: request, in: context)
    }

    private static func handler(of type: String) -> (any GrantHandler)? {
        handlers.first { $0.type.rawValue == type }
    }

    private static func supportedHandler(of type: String) throws(OAuthError) -> any GrantHandler {
        guard let handler = handler(of: type) else {
            let supported = grantTypes.map(\.rawValue).joined(separator: ", ")
            throw OAuthError(.unsupportedGrantType, "Unsupported grant type. Use one of: \(supported).")
        }
        return handler
    }
}
