import Dispatch
import GRDB

@testable import BrokerSQLite

/// Another connection that holds a database's lock.
struct HeldLock: Sendable {
    private let connection: DatabaseQueue

    init(on path: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        connection = try DatabaseQueue(path: path, configuration: configuration)
        try connection.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    }

    func release() throws {
        try connection.inDatabase { try $0.execute(sql: "COMMIT") }
    }
}

/// Blocks a store's writer, so that operations pile up.
struct Blockade: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(of store: SQLiteStore) {
        store.connection.asyncWriteWithoutTransaction { [gate] _ in gate.wait() }
    }

    func lift() {
        gate.signal()
    }
}
