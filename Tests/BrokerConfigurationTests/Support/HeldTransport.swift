import HTTPTypes
import IdentityBroker
import LoopbackServer

/// A transport whose answers wait until a test releases them.
final class HeldTransport: UpstreamTransport {
    let turnstile = Turnstile()

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        do {
            try await turnstile.pass()
        } catch {
            throw TransportFailure(.cancelled, mayHaveLeft: true)
        }
        return UpstreamResponse(status: .ok)
    }
}
