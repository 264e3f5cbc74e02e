import IdentityBroker

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
        var body: [UInt8] = []
        body.reserveCapacity(32 + ticket.byteCount + (secret?.byteCount ?? 0))
        body += #"{"ticket":"#.utf8
        body.append(jsonString: ticket)
        if let secret {
            body += #","secret":"#.utf8
            body.append(jsonString: secret)
        }
        body.append(UInt8(ascii: "}"))
        var request = common
        request.body = body
        return request
    }
}
