import IdentityBroker

/// A transport that gives the same answer to every request.
struct FixedTransport: UpstreamTransport {
    let answer: UpstreamResponse

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        answer
    }
}
