import IdentityBroker

/// Runs the operations of many callers over few connections: what comes in while all of them work shares their next
/// transactions.
///
/// Nobody waits for a transaction to fill. A caller is suspended, and hears of the operation when it is committed, whether
/// or not the caller is cancelled meanwhile. If one operation of a transaction fails, all of them do.
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

    /// Does what is made of the caller's answer, and waits for the answer.
    func run<Value: Sendable>(
        _ work: (@escaping StoreOperation.Answer<Value>) -> StoreOperation.Work
    ) async throws(StoreFailure) -> Value {
        let call = StoreCall.current
        call?.wait()
        let result = await withCheckedContinuation { continuation in
            submit(StoreOperation(work: work { continuation.resume(returning: $0) }, submitted: .now, call: call))
        }
        return try result.get()
    }

    /// Takes nothing any more. When what waits is done, hangs up and ends the threads.
    func close() async {
        context.state.withLock { $0.close() }
        for worker in workers { await worker.close() }
        for worker in workers { worker.joinThread() }
        // Not before: those who wait too long are told by it.
        watch.cancel()
    }

    private func submit(_ operation: StoreOperation) {
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

    /// A connection that works ends what it does in time, but a name that does not resolve can hold it up, and a slow
    /// server the line.
    private static func giveUpWaiting(in context: PoolContext) {
        let overdue = context.updating { $0.giveUp(submittedBefore: .now - .seconds(10)) }
        overdue.forEach { $0.fail(context.failure(.full)) }
    }
}
