import IdentityBroker
import Logging
import ServiceLifecycle

/// Announces that the service is stopping, and keeps it serving until clients and load balancers have noticed. It must
/// be the last service of its group, so that the others are not stopped earlier.
struct DrainService: Service {
    let guards: RequestGuards
    let delay: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        guards.gate.announce()
        logger.notice(
            "draining",
            metadata: [
                "broker.requests": "\(guards.pendingRequests)",
                "broker.delay_ms": "\(Int((delay / .milliseconds(1)).rounded()))",
            ]
        )
        // If cancelled, there is no time left for the delay.
        try? await Task.sleep(for: delay)
    }
}
