import IdentityBroker

/// Runs the operations of many callers over few connections: those that arrive while all are busy share the next
/// transactions.
///
/// No caller waits for a transaction to fill. A caller is suspended, and resumes when its operation is committed,
/// whether or not the caller is cancelled meanwhile. If one operation of a transaction fails, all of them do.
final class ConnectionPool: Sendable {
    private let context: PoolContext
    private let workers: [PoolWorker]
    private let watch: Task<Void, Never>

    init(_ context: PoolContext, connections: Int) {
        self.context = context
        workers = (0..<connections).map { PoolWorker(seat: $0, in: context) }
        watch = Task {
            while (try? await Task.sleep(for: .seconds(1))) != nil { Self.giveUpWaiting(in: context) }
        }
    }

    deinit {
        watch.cancel()
    }

    /// Performs the operation built around the caller's answer, and waits for that answer.
    func run<Value: Sendable>(
        _ work: (@escaping PendingOperation.Answer<Value>) -> PendingOperation.Work
    ) async throws(StoreFailure) -> Value {
        let call = StoreCall.current
        call?.wait()
        let result = await withCheckedContinuation { continuation in
            submit(PendingOperation(work: work { continuation.resume(returning: $0) }, submitted: .now, call: call))
        }
        return try result.get()
    }

    /// Accepts nothing more. Once pending operations are done, disconnects and ends the threads.
    func close() async {
        context.state.withLock { $0.close() }
        for worker in workers { await worker.close() }
        for worker in workers { worker.joinThread() }
        // Not earlier: it notifies those who wait too long.
        watch.cancel()
    }

    private func submit(_ operation: PendingOperation) {
        switch context.updating({ $0.add(operation) }) {
        case .start(let seat):
            let worker = workers[seat]
            Task { await worker.work() }
        case .waiting:
            break
        case .refused(let refusal):
            operation.fail(context.failure(refusal))
        }
    }

    /// A working connection ends its work in time, but a name that does not resolve can delay it, and a slow server can
    /// delay the queue.
    private static func giveUpWaiting(in context: PoolContext) {
        let overdue = context.updating { $0.giveUp(submittedBefore: .now - .seconds(10)) }
        overdue.forEach { $0.fail(context.failure(.full)) }
    }
}
