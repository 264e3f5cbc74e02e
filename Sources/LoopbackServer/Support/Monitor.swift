import NIOConcurrencyHelpers

/// State behind a lock, with tasks suspended until a condition on that state holds.
///
/// An asynchronous condition variable: every change made through ``withState(_:)`` wakes the waiters whose condition
/// now holds, in order of arrival. Nothing polls or sleeps.
package final class Monitor<State: Sendable>: Sendable {
    private let waitingRoom: NIOLockedValueBox<WaitingRoom<State>>

    package init(_ state: State) {
        self.waitingRoom = NIOLockedValueBox(WaitingRoom(state: state))
    }

    /// A copy of the current state.
    package var snapshot: State {
        waitingRoom.withLockedValue { $0.state }
    }

    /// Reads or changes the state, then wakes tasks that waited for the change.
    package func withState<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        let (result, wakeUps) = try waitingRoom.withLockedValue { room in
            let result = try body(&room.state)
            return (result, room.takeReady())
        }
        wakeUps.forEach { $0() }
        return result
    }

    /// Suspends until `condition` returns a value, and returns that value.
    ///
    /// - Parameters:
    ///   - counter: a count in the state that is one higher while this task is suspended.
    ///   - condition: tried under the lock. It may change the state when it succeeds, never when it returns nil.
    /// - Throws: `CancellationError` when the task is cancelled, or the error given to ``close(throwing:)``.
    package func wait<Result: Sendable>(
        counting counter: (any WritableKeyPath<State, Int> & Sendable)? = nil,
        for condition: @escaping @Sendable (inout State) -> Result?
    ) async throws -> Result {
        let id = waitingRoom.withLockedValue { $0.takeNumber() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
                let waiter = Waiter<State>(id: id, counter: counter, condition: condition, continuation: continuation)
                // Cancellation is checked under the lock: it either finds the waiter, or is found here.
                let wakeUps = waitingRoom.withLockedValue { room in
                    Task.isCancelled ? [waiter.failure(CancellationError())] : room.enter(waiter)
                }
                wakeUps.forEach { $0() }
            }
        } onCancel: {
            let wakeUps = waitingRoom.withLockedValue { $0.expel(id, throwing: CancellationError()) }
            wakeUps.forEach { $0() }
        }
    }

    /// Fails all waiting tasks, and from now on all whose condition does not hold at once.
    package func close(throwing error: any Error) {
        let wakeUps = waitingRoom.withLockedValue { $0.close(throwing: error) }
        wakeUps.forEach { $0() }
    }
}
