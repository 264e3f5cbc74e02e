import Logging
import ServiceLifecycle
import UnixSignals

/// What `SIGTERM` and `SIGINT` do: the first shuts a group of services down in order, and the second ends it at once.
struct StopSignals: Sendable {
    let logger: Logger

    /// Runs a group of these services until it ends, or the second signal comes.
    func run(_ services: [any Service], _ configure: (inout ServiceGroupConfiguration) -> Void) async throws {
        // From here on no signal is lost.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
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
                var isStopping = false
                for await signal in signals {
                    if isStopping {
                        logger.warning("stopping at once", metadata: ["broker.signal": "\(signal)"])
                        return false
                    }
                    isStopping = true
                    logger.notice("stopping", metadata: ["broker.signal": "\(signal)"])
                    stop.yield()
                }
                return true
            }
            let hasEnded = try await tasks.next() ?? true
            tasks.cancelAll()
            // What it says of its cancellation is no news.
            if !hasEnded { _ = try? await tasks.next() }
        }
    }
}

/// Ends when it is told to, and its group with it.
private struct StopService: Service {
    let stops: AsyncStream<Void>

    func run() async {
        await cancelWhenGracefulShutdown {
            for await _ in stops { return }
        }
    }
}
