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
