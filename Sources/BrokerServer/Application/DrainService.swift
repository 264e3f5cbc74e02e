import IdentityBroker
import Logging
import ServiceLifecycle

/// Lets the requests under way end before the server is stopped, for which it is to be the last of its group's services.
struct DrainService: Service {
    let guards: RequestGuards
    let patience: Duration
    let logger: Logger

    func run() async throws {
        // Cancelled, there is no time left for it.
        try await gracefulShutdown()
        logger.notice("draining", metadata: ["broker.requests": "\(guards.gate.underWay)"])
        let left = await guards.gate.drain(within: patience, by: ContinuousClock())
        if left > 0 { logger.warning("requests were cut off", metadata: ["broker.requests": "\(left)"]) }
    }
}
