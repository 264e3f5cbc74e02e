import IdentityBroker

/// Gives every request the same answer, and records it.
final class ScriptedTransport: UpstreamTransport {
    private let answer: UpstreamResponse
    private let recorded = Locked<[UpstreamRequest]>([])

    init(_ answer: UpstreamResponse) {
        self.answer = answer
    }

    var requests: [UpstreamRequest] { recorded.withLock { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        recorded.withLock { $0.append(request) }
        return answer
    }
}
