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
    func cancelling<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws(BrokerError) -> Value
    ) async throws(BrokerError) -> Value {
        let work = Task { () async -> Result<Value, BrokerError> in
            do throws(BrokerError) { return .success(try await operation()) } catch { return .failure(error) }
        }
        let watch = Task {
            await wait()
            // The wait also ends when this task is cancelled, because the work is done.
            if !Task.isCancelled { work.cancel() }
        }
        defer { watch.cancel() }
        return try await work.value.get()
    }
}
