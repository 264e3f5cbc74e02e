import HTTPTypes
import IdentityBroker

/// Replaces the broker's clock, which does not move, for requests to the failing upstream: a hanging request ends after
/// a while. Every other request has as long as a busy machine takes.
struct SickRoomTransport: UpstreamTransport {
    let base: any UpstreamTransport
    /// The authority of the upstream that may hang.
    let authority: String
    let sickness: Sickness
    let cure: Latch

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let mayHang = sickness == .hanging && request.head.authority == authority && !cure.isSet
        var policy = policy
        policy.connectTimeout = .patience
        return try await base.send(request, under: policy, within: mayHang ? .milliseconds(300) : .patience)
    }
}

extension Duration {
    /// Longer than anything that is meant to finish, even on a busy machine.
    static let patience = Duration.seconds(240)
}
