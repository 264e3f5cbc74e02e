import IdentityBroker
import UnixSignals

/// Ctrl-C, or a polite kill: `SIGINT` or `SIGTERM`. From when one is made, neither ends the process by itself.
struct Interruption: Sendable {
    private let signals: UnixSignalsSequence

    init() async {
        signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    }

    /// Waits for the first signal.
    func wait() async {
        for await _ in signals { return }
    }

    /// Runs the operation, and cancels it at the first signal.
    ///
    /// - Parameter patience: How long it may go on after that. A second signal ends the wait at once.
    /// - Returns: What came of it; nil if it still goes on.
    func cancelling<Value: Sendable>(
        within patience: Duration,
        _ operation: @escaping @Sendable () async throws(BrokerError) -> Value
    ) async -> Result<Value, BrokerError>? {
        let (outcomes, outcome) = AsyncStream.makeStream(
            of: Result<Value, BrokerError>?.self, bufferingPolicy: .bufferingOldest(1))
        let work = Task {
            do throws(BrokerError) {
                outcome.yield(.success(try await operation()))
            } catch {
                outcome.yield(.failure(error))
            }
        }
        let watch = Task { [signals] in
            var signals = signals.makeAsyncIterator()
            // The wait also ends when this task is cancelled, because the work is done.
            guard await signals.next() != nil, !Task.isCancelled else { return }
            work.cancel()
            let alarm = Task {
                try await Task.sleep(for: patience)
                outcome.yield(nil)
            }
            defer { alarm.cancel() }
            guard await signals.next() != nil, !Task.isCancelled else { return }
            outcome.yield(nil)
        }
        defer { watch.cancel() }
        for await outcome in outcomes { return outcome }
        return nil
    }
}
