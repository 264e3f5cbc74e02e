import Dispatch
import GRDB
import IdentityBroker
import Logging

/// Runs the operations of many callers in few transactions: those that arrive while one is being written share the
/// next.
///
/// No caller waits for a transaction to fill. A caller is suspended, and resumes when its operation is on disk; all
/// work happens on the connection's own thread, whether or not the caller is cancelled meanwhile.
///
/// If one operation of a transaction fails, all of them do. They are not retried individually: what could be wrong with
/// a single one was checked before, so it is the database that fails, and would fail a thousand attempts as well, each
/// in its own time.
final class GroupCommit: Sendable {
    let database: OpenDatabase
    let queue: Locked<WriterQueue<PendingOperation>>

    private let limits: WriterLimits
    private let gauges = StoreGauges()
    private let watch: Task<Void, Never>

    init(to database: OpenDatabase, within limits: WriterLimits, logger: Logger) {
        let queue = Locked(WriterQueue<PendingOperation>(capacity: limits.waiting))
        self.database = database
        self.queue = queue
        self.limits = limits
        let (path, patience) = (database.path, limits.patience)
        watch = Task {
            while (try? await Task.sleep(for: patience)) != nil {
                Self.giveUpHanging(in: queue, at: path, logger: logger)
            }
        }
    }

    deinit {
        watch.cancel()
    }

    /// Runs an operation in a transaction that others may share.
    ///
    /// - Returns: The operation's result; it is on disk.
    /// - Throws: ``StoreFailure``.
    func run<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(StoreFailure) -> Answer {
        let result = await withCheckedContinuation { continuation in
            submit(PendingOperation(body, answering: continuation))
        }
        return try result.get()
    }

    /// Closes the connection once pending operations are done.
    func close() async throws(StoreFailure) {
        queue.withLock { $0.close() }
        let database = database
        let result: Result<Void, any Error> = await withCheckedContinuation { continuation in
            // It waits for the disk, which no thread of the concurrency pool may do.
            DispatchQueue(label: "identity-broker.close").async {
                continuation.resume(returning: Result { try database.close() })
            }
        }
        // Not earlier: it notifies those who wait for a hanging disk.
        watch.cancel()
        do { try result.get() } catch { throw .thrown(error, at: database.path, mayHaveHappened: false) }
    }

    private func submit(_ operation: PendingOperation) {
        let (admission, waiting) = queue.withLock { ($0.add(operation), $0.waitingCount) }
        gauges.report(pending: waiting)
        switch admission {
        case .first:
            database.connection.asyncWriteWithoutTransaction { [self] in takeTurns(with: $0) }
        case .waiting:
            break
        case .refused(let refusal):
            operation.fail(.refused(refusal, at: database.path))
        }
    }

    private func takeTurns(with connection: Database) {
        var isFollowed = true
        while isFollowed {
            let answers = transact(with: connection)
            let (end, waiting) = queue.withLock { ($0.endTurn(), $0.waitingCount) }
            gauges.report(pending: waiting)
            if end.isAwaited { answers.forEach { $0() } }
            isFollowed = end.isFollowed
        }
    }

    /// Runs one transaction. Returns the closures that notify its callers.
    private func transact(with connection: Database) -> [@Sendable () -> Void] {
        var operations: [PendingOperation] = []
        var isCommitting = false
        do {
            try database.files.beginTransaction(on: connection)
            try Schema.confirmVersion(on: connection, at: database.path)
            operations = queue.withLock { $0.take(atMost: limits.batch) }
            let answers = try operations.map { operation -> @Sendable () -> Void in
                guard operation.begin() else {
                    let failure = StoreFailure.refused(.abandoned, at: database.path)
                    return { operation.fail(failure) }
                }
                return try operation.perform(connection)
            }
            isCommitting = true
            try connection.commit()
            try database.files.confirmCommit()
            return answers
        } catch {
            let failure = StoreFailure.thrown(
                error, at: database.path, mayHaveHappened: isCommitting && !error.isWithoutEffect)
            // If no transaction can begin, the next could not either, and would take as long to find out.
            if operations.isEmpty { operations = queue.withLock { $0.take(atMost: .max) } }
            // A transaction that stays open fails the next one, which tries again.
            try? connection.rollback()
            // Pages read from a failing disk are not to be trusted.
            connection.releaseMemory()
            return operations.map { operation in { operation.fail(failure) } }
        }
    }

    private static func giveUpHanging(
        in queue: Locked<WriterQueue<PendingOperation>>,
        at path: String,
        logger: Logger
    ) {
        let (underWay, waiting) = queue.withLock { $0.look() }
        guard !underWay.isEmpty || !waiting.isEmpty else { return }
        logger.error("the store's disk does not answer", metadata: ["broker.store.path": "\(path)"])
        underWay.forEach { $0.fail(.refused(.hanging, at: path, mayHaveHappened: true)) }
        waiting.forEach { $0.fail(.refused(.hanging, at: path)) }
    }
}
