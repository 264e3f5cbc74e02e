import GRDB
import IdentityBroker

/// The files of an open database: that they are those that were opened, and whole.
///
/// What is written to a file that was deleted or replaced is found by no other process, and lost with this one. A file that was
/// truncated holds no longer what was answered.
struct OpenFiles: Sendable {
    private let database: WatchedFile
    private let log: WatchedFile
    /// The log's index, which every process that has the database open maps into its memory.
    private let index: WatchedFile

    /// How much of its log SQLite keeps, in bytes.
    static let logLimit: Int64 = 64 * 1024 * 1024

    /// The files of a database that has just been opened.
    ///
    /// - Throws: `DatabaseError` if one of them is missing, ``StoreFailure`` if the database is no longer the file that it was.
    init(_ file: DatabaseFile) throws {
        guard let database = WatchedFile(path: file.path), database.isSame(as: file.identity) else {
            throw StoreFailure.replaced(file.path)
        }
        guard let log = WatchedFile(path: file.logPath, keepsUpTo: Self.logLimit) else {
            throw DatabaseError(message: "its write-ahead log \(file.logPath) is missing")
        }
        guard let index = WatchedFile(path: file.indexPath) else {
            throw DatabaseError(message: "its log's index \(file.indexPath) is missing")
        }
        (self.database, self.log, self.index) = (database, log, index)
    }

    /// Begins a transaction.
    ///
    /// - Throws: ``StoreFailure``, with nothing written, if a file is another one, or not whole.
    func beginTransaction(on connection: Database) throws {
        // Before SQLite reads it: to read memory beyond the end of its file kills the process (SIGBUS).
        switch index.look() {
        case .intact: break
        case .replaced: throw StoreFailure.replaced(index.path)
        case .shorter: throw StoreFailure.truncatedIndex(index.path)
        }
        try begin(on: connection)
        switch log.look() {
        case .intact: break
        case .replaced: throw StoreFailure.replaced(log.path)
        case .shorter(let length):
            try connection.rollback()
            guard Self.isWhole(logOf: connection, length) else { throw StoreFailure.truncated(log.path) }
            log.accept(length)
            try begin(on: connection)
        }
        switch database.look() {
        case .intact: break
        case .replaced: throw StoreFailure.replaced(database.path)
        case .shorter(let length):
            guard try Self.isWhole(databaseOf: connection, length) else { throw StoreFailure.truncated(database.path) }
            database.accept(length)
        }
    }

    private func begin(on connection: Database) throws {
        do {
            try connection.beginTransaction(.immediate)
        } catch {
            // SQLite may notice it first, and calls it corrupt.
            for file in [database, log] {
                if case .shorter = file.look() { throw StoreFailure.truncated(file.path) }
            }
            throw error
        }
    }

    /// Checks what a transaction was committed to.
    ///
    /// Whether a file is whole shows in the next transaction. An empty database shows now.
    func confirmCommit() throws(StoreFailure) {
        switch database.look() {
        case .replaced: throw StoreFailure.replaced(database.path)
        case .shorter(0): throw StoreFailure.truncated(database.path)
        case .shorter, .intact: break
        }
        if log.look() == .replaced { throw StoreFailure.replaced(log.path) }
    }

    /// Whether one of them has become shorter than it may be.
    func isAnyTruncated(on connection: DatabaseQueue) -> Bool {
        let isAnyShorter = [database, log, index].contains {
            if case .shorter = $0.look() { true } else { false }
        }
        guard isAnyShorter else { return false }
        do {
            try connection.inDatabase {
                try beginTransaction(on: $0)
                try $0.rollback()
            }
            return false
        } catch {
            return true
        }
    }

    /// Whether a database that has become shorter holds all its pages, as after `VACUUM` in SQLite's shell. The broker itself
    /// runs none.
    private static func isWhole(databaseOf connection: Database, _ length: Int64) throws -> Bool {
        guard length > 0 else { return false }
        let pages = try Int64.fetchOne(connection, sql: "PRAGMA page_count") ?? .max
        let size = try Int64.fetchOne(connection, sql: "PRAGMA page_size") ?? 0
        return length / max(size, 1) >= pages
    }

    /// Whether a log that has become shorter holds all that is not in the database, as after `wal_checkpoint(TRUNCATE)` in
    /// SQLite's shell.
    ///
    /// Only a checkpoint says how long the log is to be. It fails where it finds less (SQLite, "WAL-mode File Format" §2).
    private static func isWhole(logOf connection: Database, _ length: Int64) -> Bool {
        guard let size = try? Int64.fetchOne(connection, sql: "PRAGMA page_size"),
            let checkpoint = try? Row.fetchOne(connection, sql: "PRAGMA wal_checkpoint(PASSIVE)"),
            let frames = checkpoint[1] as Int64?, frames >= 0
        else { return false }
        return frames == 0 || length >= 32 + frames * (24 + size)
    }
}

extension StoreFailure {
    fileprivate static func replaced(_ path: String) -> StoreFailure {
        StoreFailure(
            "\(path) was deleted or replaced while it was open. Restart the broker, or put it back.",
            mayHaveHappened: false, reason: .replaced)
    }

    fileprivate static func truncated(_ path: String) -> StoreFailure {
        StoreFailure(
            """
            \(path) was truncated while it was open, and what it held is lost. Stop the broker, restore the store from a \
            backup, and start the broker again.
            """,
            mayHaveHappened: false, reason: .replaced)
    }

    fileprivate static func truncatedIndex(_ path: String) -> StoreFailure {
        StoreFailure(
            "\(path) was truncated while it was open. Restart every broker that uses the store; it is made anew.",
            mayHaveHappened: false, reason: .replaced)
    }
}
