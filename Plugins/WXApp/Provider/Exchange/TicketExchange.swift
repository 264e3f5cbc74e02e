import IdentityBroker
import StrictJSON

/// The request that exchanges a ticket: `POST {baseURL}/oauth/app2wxapp/auth/{userPoolId}` with ticket and secret in
/// the JSON body. The query is empty, because access logs keep it.
struct TicketExchange: Sendable {
    /// What all these requests share: everything but the body.
    private let common: UpstreamRequest
    private let secret: Secret?

    init(endpoint: UpstreamURL, secret: Secret?) {
        common = .post(json: [], to: endpoint)
        self.secret = secret
    }

    func request(for ticket: Secret) -> UpstreamRequest {
        var body = JSONObject(minimumCapacity: 2)
        body["secret"] = secret.map { .string($0.reveal()) }
        body["ticket"] = .string(ticket.reveal())
        var request = common
        request.body = body.jsonBytes
        return request
    }
}
