public import BrokerServer
import BrokerServing
package import IdentityBroker

extension BrokerService {
    /// Serves until the process gets `SIGTERM` or `SIGINT`, then shuts down in order: the service reports not ready and
    /// keeps serving for the configured time, answers the requests under way, and closes its dependencies.
    ///
    /// - Parameter onServing: Called with the ports once requests are accepted.
    /// - Throws: ``BrokerError``, such as for an address in use by another program.
    public func run(onServing: @escaping @Sendable (ServedPorts) async -> Void = { _ in }) async throws {
        do {
            try await application(awaitingStop: nil, onServing: onServing).run()
        } catch {
            await shutdown()
            throw BrokerError(stopping: error)
        }
        await shutdown()
    }

    /// Ends the broker's background work, then the transport, then the store. ``run(onServing:)`` does so by itself.
    ///
    /// - Parameter bound: The maximum duration.
    /// - Returns: Whether all of it has ended. If not, threads may still run, and the process must not call `exit`.
    @discardableResult
    public func shutdown(within bound: Duration = shutdownTime) async -> Bool {
        await end.run(within: bound) == .complete
    }

    /// Serves until the process is told to stop. The caller, which made the parts, shuts down the rest.
    ///
    /// - Parameters:
    ///   - stop: The requests to stop.
    ///   - write: Called once, as soon as requests are accepted. If it fails, the service ends.
    package func run(
        until stop: StopRequests,
        onServing write: @escaping @Sendable (ServedPorts) throws(BrokerError) -> Void
    ) async throws(BrokerError) {
        let lostReport = Locked<BrokerError?>(nil)
        let application = application(awaitingStop: stop.wait) { ports in
            do throws(BrokerError) {
                try write(ports)
            } catch {
                lostReport.withLock { $0 = error }
                stop.request()
            }
        }
        let failure = Locked<(any Error)?>(nil)
        let isOver = await Patience.isOver(
            before: { [drain] in
                await stop.wait(1)
                // Longer than requests, or the tasks that answer them, take to end.
                try? await Task.sleep(for: drain.delay + drain.requests + .seconds(90))
            },
            { do { try await application.run() } catch { failure.withLock { $0 = error } } }
        )
        // `exit` would unload libraries that it still uses.
        if !isOver { end.abandon("the service") }
        if let error = lostReport.withLock({ $0 }) { throw error }
        if let error = failure.withLock({ $0 }) { throw BrokerError(stopping: error) }
        guard isOver else { throw BrokerError(.internalError, "The service did not end in time.") }
    }

    private func application(
        awaitingStop: (@Sendable (Int) async -> Void)?,
        onServing: @escaping @Sendable (ServedPorts) async -> Void
    ) -> BrokerApplication {
        BrokerApplication(
            endpoints,
            at: address,
            operations: operations,
            connections: connections,
            drainDelay: drain.delay,
            drain: drain.requests,
            services: services,
            awaitingStop: awaitingStop,
            logger: logger,
            onServing: onServing
        )
    }
}

/// The requests to stop, for a program that traps signals itself.
package struct StopRequests: Sendable {
    /// Returns once the process was told to stop that many times, or the task is cancelled.
    let wait: @Sendable (Int) async -> Void
    /// Requests a stop, as the first signal does.
    let request: @Sendable () -> Void

    package init(
        wait: @escaping @Sendable (Int) async -> Void,
        request: @escaping @Sendable () -> Void
    ) {
        self.wait = wait
        self.request = request
    }
}
