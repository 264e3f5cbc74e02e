import IdentityBroker
import LoopbackServer

/// Two transports: one for what concerns a person, and one for what logins share. A fault of one does not affect the other.
struct DividedTransport: UpstreamTransport {
    private let people: any UpstreamTransport
    private let others: any UpstreamTransport
    private let isShared: @Sendable (ReceivedRequest) -> Bool

    init(
        people: any UpstreamTransport,
        others: any UpstreamTransport,
        isShared: @escaping @Sendable (ReceivedRequest) -> Bool
    ) {
        self.people = people
        self.others = others
        self.isShared = isShared
    }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let transport = isShared(ReceivedRequest(request)) ? others : people
        return try await transport.send(request, under: policy, within: timeout)
    }
}
