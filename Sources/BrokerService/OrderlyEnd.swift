import IdentityBroker

/// Shuts down what a process has started, in reverse order and within a time limit.
///
/// Code that starts something that outlives a call, such as a thread, a connection or a file, registers its shutdown at
/// once. So it is shut down however the command ends, and nothing ends before what depends on it.
package final class OrderlyEnd: Sendable {
    /// The result of the shutdown.
    package enum Outcome: Sendable, Equatable {
        case complete
        /// The time ran out during this step, or this was abandoned before. Its threads may still run.
        case cutShort(during: String)
    }

    private struct Step: Sendable {
        let name: String
        let run: @Sendable () async -> Void
    }

    private struct State: Sendable {
        var steps: [Step] = []
        var current = ""
        var abandoned: String?
    }

    private let state = Locked(State())

    package init() {}

    /// Adds a step, which runs before those added earlier.
    ///
    /// - Parameter name: What ends, for an operator: "the store".
    package func add(_ name: String, _ step: @escaping @Sendable () async -> Void) {
        state.withLock { $0.steps.append(Step(name: name, run: step)) }
    }

    /// Records that something is still running and is not waited for: the shutdown can no longer be complete.
    ///
    /// - Parameter name: What is running, for an operator: "the service".
    package func abandon(_ name: String) {
        state.withLock { $0.abandoned = $0.abandoned ?? name }
    }

    /// Whether something was abandoned.
    package var hasAbandoned: Bool { state.withLock { $0.abandoned != nil } }

    /// Runs every step, latest first. A second call finds nothing to do.
    ///
    /// - Parameter giveUp: Returns when the shutdown is to be cut short early.
    @discardableResult
    package func run<C: Clock>(
        within bound: Duration,
        by clock: C = ContinuousClock(),
        unless giveUp: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(86_400)) }
    ) async -> Outcome where C.Duration == Duration {
        let isComplete = await Patience.isOver(
            before: { await Patience.first(of: { try? await clock.sleep(for: bound) }, giveUp) },
            { [self] in
                while let step = next() { await step.run() }
            }
        )
        return state.withLock { state in
            if let abandoned = state.abandoned { return .cutShort(during: abandoned) }
            return isComplete ? .complete : .cutShort(during: state.current)
        }
    }

    private func next() -> Step? {
        state.withLock { state in
            let step = state.steps.popLast()
            if let step { state.current = step.name }
            return step
        }
    }
}

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
