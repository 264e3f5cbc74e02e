import IdentityBroker
import NIOConcurrencyHelpers

/// Fails every request with the same error, and sends none.
final class FailingTransport: UpstreamTransport {
    private let failure: TransportFailure
    private let attempts = NIOLockedValueBox(0)

    init(_ failure: TransportFailure) {
        self.failure = failure
    }

    /// How many requests it received.
    var attemptCount: Int { attempts.withLockedValue { $0 } }

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        attempts.withLockedValue { $0 += 1 }
        throw failure
    }
}
