import HTTPTypes
import IdentityBroker

/// A transport that answers every request at once with the same bytes.
struct CannedTransport: UpstreamTransport {
    private let response: UpstreamResponse

    init(body: [UInt8]) {
        response = UpstreamResponse(
            status: .ok,
            headerFields: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: body
        )
    }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        response
    }
}
