import IdentityBroker
import Logging
import ServiceLifecycle
import UnixSignals

/// What `SIGTERM` and `SIGINT` do: the first shuts a group of services down in order, the second ends it at once.
struct StopSignals: Sendable {
    let logger: Logger
    /// Returns once that many signals have arrived, or the task is cancelled; nil to trap them here.
    let awaiting: (@Sendable (Int) async -> Void)?

    /// Runs a group of these services until it ends, or the second signal arrives.
    func run(_ services: [any Service], _ configure: (inout ServiceGroupConfiguration) -> Void) async throws {
        let wait = if let awaiting { awaiting } else { await Self.trap() }
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        var configuration = ServiceGroupConfiguration(services: services, logger: logger)
        configuration.services.append(
            ServiceGroupConfiguration.ServiceConfiguration(
                service: StopService(stops: stops), successTerminationBehavior: .gracefullyShutdownGroup))
        configure(&configuration)
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await group.run()
                return true
            }
            tasks.addTask {
                await wait(1)
                guard !Task.isCancelled else { return true }
                logger.notice("stopping")
                stop.yield()
                await wait(2)
                guard !Task.isCancelled else { return true }
                logger.warning("stopping at once")
                return false
            }
            let hasEnded = try await tasks.next() ?? true
            tasks.cancelAll()
            // An error from its cancellation is expected.
            if !hasEnded { _ = try? await tasks.next() }
        }
    }

    /// Traps signals; from here on none is lost. Each call waits for one more.
    private static func trap() async -> @Sendable (Int) async -> Void {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        // The signal sequence can be iterated only once; a stream, by one call after the other.
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let forwarding = Task {
            for await _ in signals { arrival.yield() }
        }
        arrival.onTermination = { _ in forwarding.cancel() }
        return { _ in for await _ in arrivals { return } }
    }
}

/// Ends on request, and its group with it.
private struct StopService: Service {
    let stops: AsyncStream<Void>

    func run() async {
        await cancelWhenGracefulShutdown {
            for await _ in stops { return }
        }
    }
}

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
