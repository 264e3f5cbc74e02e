import BrokerTokens
import Hummingbird
import IdentityBroker

/// `POST /oauth2/revoke`: the client no longer needs a token (RFC 7009).
struct RevocationEndpoint: Sendable {
    let context: EndpointContext

    func respond(to request: Request) async throws(OAuthError) {
        let request = try await ClientRequest(request, for: .revoke, in: context)
        let token = try await request.checking(.revoke, in: context) { form throws(OAuthError) in
            Secret(try form.required("token"))
        }
        try await context.tokens.revoke(token, for: request.client)
    }
}
