import BrokerTokens
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker
import StrictJSON

/// `POST /oauth2/par`: a client itself brings its request for a code (RFC 9126).
struct PushedRequestEndpoint: Sendable {
    let context: EndpointContext

    /// - Parameter origin: Where the request comes from.
    func respond(to request: Request, from origin: RequestOrigin) async throws(OAuthError) -> Response {
        try context.guards.admitTransaction(for: origin)
        let request = try await ClientRequest(request, for: .pushedRequest, in: context)
        let issued = try await context.tokens.push(request.form.text[...], by: request.client)
        let answer: JSONObject = [
            "request_uri": .string(issued.uri.reveal()), "expires_in": .integer(issued.expiresIn.components.seconds),
        ]
        return Response(status: .created, json: Data(answer.jsonBytes))
    }
}
