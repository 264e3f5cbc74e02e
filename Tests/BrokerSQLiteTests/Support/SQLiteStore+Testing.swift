import GRDB
import IdentityBroker

@testable import BrokerSQLite

extension SQLiteStore {
    /// A store with short time limits.
    static func impatient(
        at path: String,
        _ change: (inout WriterLimits) -> Void = { _ in }
    ) throws(BrokerError) -> SQLiteStore {
        var limits = WriterLimits()
        limits.busyTimeout = .milliseconds(50)
        change(&limits)
        return try SQLiteStore(path: path, limits: limits)
    }

    /// The store's own connection.
    var connection: DatabaseQueue { commits.database.connection }

    /// The number of operations that wait for their turn.
    var waitingCount: Int { commits.queue.withLock { $0.waitingCount } }

    /// Returns once this many operations wait for their turn.
    func waits(for count: Int) async {
        while waitingCount < count { await Task.yield() }
    }

    /// Runs statements on the store's own connection.
    func execute(_ sql: String) async throws {
        try await connection.writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// The first number of a query on the store's own connection.
    func number(_ sql: String) async throws -> Int? {
        try await connection.read { try Int.fetchOne($0, sql: sql) }
    }

    /// The failure of a call.
    func failure<Answer>(of call: (SQLiteStore) async throws(StoreFailure) -> Answer) async -> StoreFailure? {
        do throws(StoreFailure) {
            _ = try await call(self)
            return nil
        } catch {
            return error
        }
    }
}
