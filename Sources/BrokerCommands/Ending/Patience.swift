import IdentityBroker

/// Waits for work that may never end: for a bounded time, and then leaves it to itself.
///
/// Structured concurrency would wait for a thread that hangs in a library.
enum Patience {
    /// Runs the work.
    ///
    /// - Returns: Whether it was over in time.
    static func isOver<C: Clock>(
        within bound: Duration,
        by clock: C,
        _ work: @escaping @Sendable () async -> Void
    ) async -> Bool where C.Duration == Duration {
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingOldest(1))
        // Neither is a child of this task, whose cancellation is no reason to end in disorder.
        let worker = Task {
            await work()
            answer.yield(true)
        }
        let alarm = Task {
            try await clock.sleep(for: bound)
            answer.yield(false)
        }
        defer {
            worker.cancel()
            alarm.cancel()
        }
        // The caller may be cancelled already, which would end the stream for it.
        return await Task {
            for await isOver in answers { return isOver }
            return false
        }.value
    }
}
