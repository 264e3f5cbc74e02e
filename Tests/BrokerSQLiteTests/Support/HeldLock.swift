import Dispatch
import GRDB

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
