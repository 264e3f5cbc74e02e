import IdentityBroker
import Logging
import ServiceLifecycle

/// Announces that the service is being stopped, and lets it serve on until clients and load balancers have noticed. It is to
/// be the last of its group's services, so that the others are not stopped before.
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
        // If cancelled, there is no time left for it.
        try? await Task.sleep(for: delay)
    }
}
