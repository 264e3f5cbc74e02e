import IdentityBroker

/// Has one answer to everything.
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
