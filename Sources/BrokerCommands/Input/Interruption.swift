import IdentityBroker
import UnixSignals

/// Ctrl-C, or a polite kill: `SIGINT` or `SIGTERM`. Everything in the process that ends at one learns of it here, so that all
/// count the same signals.
final class Interruption: Sendable {
    private struct State: Sendable {
        var count = 0
        var observers: [AsyncStream<Int>.Continuation] = []
    }

    private let state = Locked(State())

    /// The interruption of this process. From now on neither signal ends it by itself.
    static func ofProcess() async -> Interruption {
        let interruption = Interruption()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        // It has no end but the process's: a signal must not kill the process while it ends.
        Task { for await _ in signals { interruption.add() } }
        return interruption
    }

    /// Counts a signal.
    func add() {
        add { _ in true }
    }

    /// Asks for the end as the first signal does, unless one has come.
    func request() {
        add { $0 == 0 }
    }

    private func add(if isCounted: (Int) -> Bool) {
        state.withLock { state in
            guard isCounted(state.count) else { return }
            state.count += 1
            // Under the lock, so that no observer hears of an earlier signal last.
            for observer in state.observers { observer.yield(state.count) }
        }
    }

    /// How many signals have come.
    var count: Int { state.withLock { $0.count } }

    /// Waits until so many signals have come, or the task is cancelled.
    func wait(for number: Int = 1) async {
        let (counts, observer) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { state in
            state.observers.append(observer)
            observer.yield(state.count)
        }
        for await count in counts where count >= number { return }
    }

    /// Runs the operation, and cancels it at the first signal.
    ///
    /// - Parameter patience: How long it may go on after that. A second signal ends the wait at once.
    /// - Returns: What came of it; nil if it still goes on.
    func cancelling<Value: Sendable>(
        within patience: Duration,
        _ operation: @escaping @Sendable () async throws(BrokerError) -> Value
    ) async -> Result<Value, BrokerError>? {
        let outcome = Locked<Result<Value, BrokerError>?>(nil)
        let work = Task {
            let result: Result<Value, BrokerError>
            do throws(BrokerError) { result = .success(try await operation()) } catch { result = .failure(error) }
            outcome.withLock { $0 = result }
        }
        _ = await Patience.isOver(
            before: {
                await self.wait()
                // The wait also ends when its task is cancelled, because the work is done.
                guard !Task.isCancelled else { return }
                work.cancel()
                await Patience.first(of: { try? await Task.sleep(for: patience) }, { await self.wait(for: 2) })
            },
            { await work.value }
        )
        return outcome.withLock { $0 }
    }
}
