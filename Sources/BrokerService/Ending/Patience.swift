/// Waits a limited time for work that may never end, then leaves it running.
///
/// Structured concurrency would wait for a thread that hangs in a library.
package enum Patience {
    /// Runs the work.
    ///
    /// - Parameter giveUp: Returns when the wait is to end.
    /// - Returns: Whether the work ended before that.
    package static func isOver(
        before giveUp: @escaping @Sendable () async -> Void,
        _ work: @escaping @Sendable () async -> Void
    ) async -> Bool {
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingOldest(1))
        // Neither is a child of this task, whose cancellation is no reason for a disorderly end.
        let worker = Task {
            await work()
            answer.yield(true)
        }
        let watch = Task {
            await giveUp()
            answer.yield(false)
        }
        defer {
            worker.cancel()
            watch.cancel()
        }
        // The caller may already be cancelled, which would end its iteration of the stream.
        return await Task {
            for await isOver in answers { return isOver }
            return false
        }.value
    }

    /// Waits for the first of two to end, and cancels the other.
    package static func first(
        of one: @escaping @Sendable () async -> Void,
        _ other: @escaping @Sendable () async -> Void
    ) async {
        await withTaskGroup { group in
            group.addTask { await one() }
            group.addTask { await other() }
            await group.next()
            group.cancelAll()
        }
    }
}
