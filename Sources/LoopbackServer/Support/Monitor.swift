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

/// What a ``Monitor`` keeps behind its lock. Its methods return what to run after releasing the lock.
struct WaitingRoom<State: Sendable> {
    var state: State
    private var waiters: [Waiter<State>] = []
    private var lastNumber: UInt64 = 0
    private var closure: (any Error)?

    init(state: State) {
        self.state = state
    }

    mutating func takeNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    mutating func enter(_ waiter: Waiter<State>) -> [Waiter<State>.WakeUp] {
        if let wakeUp = waiter.attempt(&state) { return [wakeUp] + takeReady() }
        if let closure { return [waiter.failure(closure)] }
        waiters.append(waiter)
        count(waiter, by: 1)
        return takeReady()
    }

    mutating func takeReady() -> [Waiter<State>.WakeUp] {
        var wakeUps: [Waiter<State>.WakeUp] = []
        var index = waiters.startIndex
        while index < waiters.endIndex {
            guard let wakeUp = waiters[index].attempt(&state) else {
                index += 1
                continue
            }
            wakeUps.append(wakeUp)
            count(waiters.remove(at: index), by: -1)
            // The condition or the count changed the state, which an earlier waiter may be waiting for.
            index = waiters.startIndex
        }
        return wakeUps
    }

    mutating func expel(_ id: UInt64, throwing error: any Error) -> [Waiter<State>.WakeUp] {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return [] }
        let waiter = waiters.remove(at: index)
        count(waiter, by: -1)
        return [waiter.failure(error)] + takeReady()
    }

    mutating func close(throwing error: any Error) -> [Waiter<State>.WakeUp] {
        closure = error
        defer { waiters = [] }
        waiters.forEach { count($0, by: -1) }
        return waiters.map { $0.failure(error) }
    }

    private mutating func count(_ waiter: Waiter<State>, by difference: Int) {
        guard let counter = waiter.counter else { return }
        state[keyPath: counter] += difference
    }
}

/// One task suspended in a ``Monitor``, with its result type erased.
struct Waiter<State: Sendable>: Sendable {
    /// Resumes a task; call it after releasing the lock.
    typealias WakeUp = @Sendable () -> Void

    let id: UInt64
    let counter: (any WritableKeyPath<State, Int> & Sendable)?

    /// Tries the condition: returns what to run if it holds, nil if not.
    let attempt: @Sendable (inout State) -> WakeUp?

    /// Returns what to run to fail the task.
    let failure: @Sendable (any Error) -> WakeUp

    init<Result: Sendable>(
        id: UInt64,
        counter: (any WritableKeyPath<State, Int> & Sendable)?,
        condition: @escaping @Sendable (inout State) -> Result?,
        continuation: CheckedContinuation<Result, any Error>
    ) {
        self.id = id
        self.counter = counter
        self.attempt = { state in
            guard let result = condition(&state) else { return nil }
            return { continuation.resume(returning: result) }
        }
        self.failure = { error in { continuation.resume(throwing: error) } }
    }
}
