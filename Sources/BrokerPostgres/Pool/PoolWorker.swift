import IdentityBroker
import Logging

/// One connection of the pool, opened when needed. It works on a thread that it may block.
actor PoolWorker {
    private let seat: Int
    private let context: PoolContext
    private let executor: BlockingExecutor
    private var connection: PostgresConnection?
    private var isClosed = false

    init(seat: Int, in context: PoolContext) {
        self.seat = seat
        self.context = context
        executor = BlockingExecutor()
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs pending operations until there are none, or the server cannot be reached.
    func work() {
        guard !isClosed else { return }
        while let connection = standingConnection() {
            guard let batch = context.updating({ $0.next(for: seat) }) else { return }
            let (begun, abandoned) = batch.begin()
            abandoned.forEach { $0.fail(context.failure(.abandoned)) }
            for batch in begun { run(batch, on: connection) }
        }
    }

    private func run(_ batch: Batch, on connection: PostgresConnection) {
        do {
            try context.statements.run(batch, on: connection, in: context.transaction)
        } catch {
            if !connection.recover(from: error) { self.connection = nil }
            context.logger.warning(
                "a transaction on the store failed", metadata: ["broker.store.reason": "\(error.reason)"])
            batch.fail(context.failure(error))
        }
    }

    /// Runs the operations that it was started for, and disconnects.
    func close() {
        // The call to work may still be on its way.
        if context.state.withLock({ $0.isWorking(seat) }) { work() }
        isClosed = true
        connection = nil
    }

    /// Ends its thread. Call it once the worker is closed.
    nonisolated func joinThread() {
        executor.join()
    }

    private func standingConnection() -> PostgresConnection? {
        if let connection, connection.isOpen { return connection }
        connection = nil
        do {
            let connection = try PostgresConnection(to: context.target, within: context.connectTimeout)
            try context.migrator.prepare(connection)
            self.connection = connection
            return connection
        } catch {
            let error = context.state.withLock({ $0.hasWorked }) ? error : error.atStart
            context.logger.error(
                "the store cannot be reached", metadata: ["broker.store.reason": "\(error.reason)"])
            let abandoned = context.updating {
                $0.leave(seat, after: error.reason, kind: error.kind, at: .now, jitter: .random(in: 0...1))
            }
            let failure = context.failure(error, mayHaveHappened: false)
            abandoned.forEach { $0.fail(failure) }
            return nil
        }
    }
}
