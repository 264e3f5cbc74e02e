import IdentityBroker

/// A transport for providers that send nothing.
struct NoTransport: UpstreamTransport {
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        throw TransportFailure(.invalidRequest, mayHaveLeft: false)
    }
}
