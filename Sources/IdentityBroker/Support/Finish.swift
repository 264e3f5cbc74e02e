/// Keeps the first of several outcomes for the task that waits for it.
package final class Finish<Outcome: Sendable>: Sendable {
    private enum State: Sendable {
        case open
        case awaited(CheckedContinuation<Outcome, Never>)
        case crossed(Outcome)
        case over
    }

    private let state = Locked(State.open)

    package init() {}

    /// Offers an outcome. Later ones change nothing.
    package func cross(with outcome: Outcome) {
        let waiter = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            switch state {
            case .open:
                state = .crossed(outcome)
                return nil
            case .awaited(let continuation):
                state = .over
                return continuation
            case .crossed, .over:
                return nil
            }
        }
        waiter?.resume(returning: outcome)
    }

    /// The outcome, if there is one already. Call it before ``winner()``, from the same task.
    func takeWinner() -> Outcome? {
        state.withLock { state in
            guard case .crossed(let outcome) = state else { return nil }
            state = .over
            return outcome
        }
    }

    /// Waits for the first outcome. Call it once.
    package func winner() async -> Outcome {
        await withCheckedContinuation { continuation in
            let outcome = state.withLock { state -> Outcome? in
                guard case .crossed(let outcome) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .over
                return outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }
}
