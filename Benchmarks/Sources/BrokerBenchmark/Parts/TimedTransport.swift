import IdentityBroker

/// A canned transport that reports when it answers.
struct TimedTransport: UpstreamTransport {
    let transport: CannedTransport
    let times: MappingTimes

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let response = try await transport.send(request, under: policy, within: timeout)
        times.begin()
        return response
    }
}
