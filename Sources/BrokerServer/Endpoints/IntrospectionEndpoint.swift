import BrokerTokens
import Hummingbird
import IdentityBroker

import Foundation

/// `POST /oauth2/introspect`: whether a token is active, and what it allows (RFC 7662).
struct IntrospectionEndpoint: Sendable {
    let context: EndpointContext

    func respond(to request: Request) async throws(OAuthError) -> Data {
        let request = try await ClientRequest(request, for: .introspect, in: context)
        let token = try await request.checking(.introspect, in: context) { form throws(OAuthError) in
            Secret(try form.required("token"))
        }
        return try await context.tokens.introspect(token, by: request.client).json
    }
}
