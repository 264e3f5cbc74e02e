import GRDB
import IdentityBroker

/// Checks whether a database is one that this version can use.
extension Schema {
    /// Refuses a database of another program or of a newer broker, before anything is written to it.
    static func check(_ database: Database, at path: String) throws {
        try checkOwner(
            applicationID: Int.fetchOne(database, sql: "PRAGMA application_id"),
            objects: Int.fetchOne(database, sql: countOfObjects), at: path)
        let applied = try appliedMigrations(database)
        try checkVersion(applied, at: path)
        try checkTables(Set(String.fetchAll(database, sql: namesOfTables)), madeBy: applied, at: path)
    }

    static let namesOfTables = "SELECT name FROM sqlite_master WHERE type = 'table'"

    /// The number of tables and indexes. Between the migrator's first step and the first migration, its own table
    /// exists, but no application id yet.
    static let countOfObjects = "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'"

    /// Refuses another program's database.
    static func checkOwner(applicationID: Int?, objects: Int?, at path: String) throws(BrokerError) {
        guard applicationID == Self.applicationID || objects == 0 else {
            let message = "The SQLite database \(path) belongs to another program."
            throw BrokerError.misconfigured("\(message) Give the path of a file of the broker's own.")
        }
    }

    /// Refuses a newer broker's database.
    static func checkVersion(_ applied: Set<String>, at path: String) throws(BrokerError) {
        guard let newer = newest(of: applied) else { return }
        throw BrokerError.misconfigured("\(isNewer(path, newer)) Run that version, or give another path.")
    }

    /// Refuses the transaction of a process that was running while a newer broker migrated the database.
    ///
    /// Within a transaction that may write, no other process can migrate.
    ///
    /// - Throws: ``StoreFailure``; nothing has happened.
    static func confirmVersion(on database: Database, at path: String) throws {
        let newest = try Int.fetchOne(database.cachedStatement(sql: StoreStatement.newestMigration.rawValue))
        guard let newest, newest > count, let newer = Self.newest(of: try migrator.appliedIdentifiers(database)) else {
            return
        }
        throw StoreFailure(
            "\(isNewer(path, newer)) Stop this process, and run that version.", mayHaveHappened: false,
            reason: .superseded)
    }

    private static let count = migrator.migrations.count

    /// A migration that this version does not know; nil if there is none.
    private static func newest(of applied: Set<String>) -> String? {
        applied.subtracting(migrator.migrations).max()
    }

    private static func isNewer(_ path: String, _ migration: String) -> String {
        "The SQLite store \(path) was written by a newer version of the broker, which has added '\(migration)'."
    }

    /// Refuses a database that lacks a created table: its contents are lost, and whatever needs it would fail.
    static func checkTables(_ tables: Set<String>, madeBy applied: Set<String>, at path: String) throws(BrokerError) {
        guard let lost = Self.tables(madeBy: applied).first(where: { !tables.contains($0) }) else { return }
        throw BrokerError.misconfigured(
            "The SQLite store \(path) has lost its table \(lost). Restore the file from a backup.")
    }

    /// The broker's tables after these migrations.
    static func tables(madeBy applied: Set<String>) -> [String] {
        let dropped = dropped.filter { applied.contains($0.migration) }.flatMap(\.names)
        return tables.filter { applied.contains($0.migration) }.flatMap(\.names).filter { !dropped.contains($0) }
    }

    /// The tables that each migration creates.
    private static let tables: [(migration: String, names: [String])] = [
        ("reservations and audit events", ["reservation", "audit_event"]),
        ("accounts, grants and the key ring", ["account", "account_identity", "account_grant", "key_ring"]),
        ("the store's time", ["store_time"]),
        ("records", ["stored_record", "record_owner"]),
        ("verified contacts", ["account_contact"]),
    ]

    /// The tables that each migration drops.
    private static let dropped: [(migration: String, names: [String])] = [
        ("the key ring as a record", ["key_ring"]),
        ("grants as records", ["account_grant"]),
    ]
}
