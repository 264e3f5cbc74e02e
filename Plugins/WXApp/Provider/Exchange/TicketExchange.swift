#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// The request that exchanges a ticket: `POST {baseURL}/oauth/app2wxapp/auth/{userPoolId}` with ticket and secret in the
/// JSON body. Nothing stands in the query, which access logs keep.
struct TicketExchange: Sendable {
    let endpoint: UpstreamURL
    let secret: Secret?

    private struct Body: Encodable {
        let ticket: String
        let secret: String?
    }

    func request(for ticket: Secret) throws -> UpstreamRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(Body(ticket: ticket.reveal(), secret: secret?.reveal()))
        return .post(json: Array(body), to: endpoint)
    }
}
