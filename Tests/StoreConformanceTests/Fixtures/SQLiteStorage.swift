import BrokerTesting
import Foundation
import GRDB

/// A database file in its own directory, and its possible faults.
struct SQLiteStorage: Sendable {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    var path: String { directory.appending(path: "broker.sqlite").path() }

    func remove() throws {
        try FileManager.default.removeItem(at: directory)
    }

    func holdWriteLock() throws -> StoreFault<SQLiteStorage>.Repair {
        let other = try connect()
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        return { try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
    }

    func moveAway() throws -> StoreFault<SQLiteStorage>.Repair {
        let (path, elsewhere) = (path, "\(path).elsewhere")
        try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
        return { try FileManager.default.moveItem(atPath: elsewhere, toPath: path) }
    }

    /// Makes a table refuse these statements, after the earlier statements of their transaction have run.
    func refuse(_ statements: [String], on table: String) throws -> StoreFault<SQLiteStorage>.Repair {
        try alter(
            statements.map { statement in
                """
                CREATE TRIGGER refused_\(statement) BEFORE \(statement) ON \(table)
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """
            },
            undoneBy: statements.map { "DROP TRIGGER refused_\($0)" }
        )
    }

    func rename(_ table: String) throws -> StoreFault<SQLiteStorage>.Repair {
        try alter(
            ["ALTER TABLE \(table) RENAME TO \(table)_elsewhere"],
            undoneBy: ["ALTER TABLE \(table)_elsewhere RENAME TO \(table)"]
        )
    }

    func supersede() throws {
        let other = try connect()
        try other.inDatabase { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the future')") }
        try other.close()
    }

    private func alter(_ statements: [String], undoneBy repairs: [String]) throws -> StoreFault<SQLiteStorage>.Repair {
        let other = try connect()
        try other.inDatabase { try $0.execute(sql: statements.joined(separator: ";\n")) }
        return {
            try await other.writeWithoutTransaction { try $0.execute(sql: repairs.joined(separator: ";\n")) }
        }
    }

    private func connect() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        // The store's own purge may be writing.
        configuration.busyMode = .timeout(30)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
