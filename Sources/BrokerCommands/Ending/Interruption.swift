import BrokerService
import IdentityBroker
import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `SIGINT`, `SIGTERM`, or a closed terminal (`SIGHUP`). Everything in the process that ends at a signal learns of it
/// here, so that all count the same signals.
final class Interruption: Sendable {
    private struct State: Sendable {
        var signals = 0
        var isRequested = false
        var observers: [AsyncStream<Int>.Continuation] = []

        /// A requested end equals the first signal, in whichever order they come.
        var count: Int { max(signals, isRequested ? 1 : 0) }
    }

    private let state = Locked(State())

    /// The interruption of this process. The first signal requests an orderly end; a second `SIGINT` or `SIGTERM` ends
    /// the process at once, with status 130 or 143.
    ///
    /// - Parameter endsAtHangup: Whether `SIGHUP` also requests the end. If it is ignored from the start, as under
    ///   `nohup`, it stays ignored. It counts together with the first signal, whichever comes first: a supervisor sends
    ///   its `SIGTERM` after the terminal has closed, and a shell sends another `SIGHUP`.
    static func ofProcess(endsAtHangup: Bool = true) async -> Interruption {
        let interruption = Interruption()
        let signals =
            if endsAtHangup, !isIgnored(SIGHUP) {
                await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
            } else {
                await UnixSignalsSequence(trapping: .sigint, .sigterm)
            }
        // It ends only with the process: a signal must not kill the process while it shuts down.
        Task {
            var isEnding = false
            for await signal in signals {
                if signal == .sighup {
                    interruption.request()
                    continue
                }
                if isEnding { endAtOnce(signal.rawValue) }
                isEnding = true
                // A handler needs no free thread to run a task on, and works in a container's first process, where the
                // default action does not.
                for number in [SIGINT, SIGTERM] { endAtOnceAtSignal(number) }
                interruption.add()
            }
        }
        return interruption
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        // Querying requires setting it. A hangup in between is lost.
        let handler = signal(number, SIG_IGN)
        let isIgnored = unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
        if !isIgnored { _ = signal(number, handler) }
        return isIgnored
    }

    /// Counts a signal.
    func add() {
        change { $0.signals += 1 }
    }

    /// Requests the end as the first signal does. It counts together with that one, and never as the second.
    func request() {
        change { $0.isRequested = true }
    }

    private func change(_ change: (inout State) -> Void) {
        state.withLock { state in
            change(&state)
            // Under the lock, so that no observer receives an earlier count last.
            for observer in state.observers { observer.yield(state.count) }
        }
    }

    /// How many signals have arrived, or 1 if the end was requested without one.
    var count: Int { state.withLock { $0.count } }

    /// Waits until that many signals have arrived, or the task is cancelled.
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
    /// - Parameter patience: How long it may continue after that. A second signal ends the wait at once.
    /// - Returns: Its result; nil if it is still running.
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

/// Ends the process without `exit`, which would unload libraries that threads still use.
private func endAtOnce(_ number: Int32) -> Never {
    _exit(128 + number)
}

private func endAtOnceAtSignal(_ number: Int32) {
    signal(number) { endAtOnce($0) }
}
