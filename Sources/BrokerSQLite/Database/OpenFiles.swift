import GRDB
import IdentityBroker

/// Verifies that the files of an open database are still those that were opened, and complete.
///
/// What is written to a deleted or replaced file is invisible to other processes, and lost with this one. A truncated
/// file no longer contains what was confirmed. SQLite shortens its files itself, and others do so with its shell: only
/// what nothing of that kind explains is called truncated, and no check changes a file.
struct OpenFiles: Sendable {
    private let database: WatchedFile
    private let log: WatchedFile
    /// The log's index, which every process with the database open maps into memory.
    private let index: WatchedFile

    /// How much of its log SQLite keeps, in bytes.
    static let logLimit: Int64 = 64 * 1024 * 1024

    /// The files of a newly opened database.
    ///
    /// - Throws: `DatabaseError` if one is missing, ``StoreFailure`` if the database is no longer the same file.
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
    /// - Throws: ``StoreFailure``, with nothing written, if a file was replaced or is certainly incomplete. A
    ///   transaction may then be open.
    func beginTransaction(on connection: Database) throws {
        // Before SQLite reads it: reading memory beyond the end of its file kills the process (SIGBUS).
        switch index.look() {
        case .intact: break
        case .replaced: throw StoreFailure.replaced(index.path)
        case .shorter: throw StoreFailure.truncatedIndex(index.path)
        }
        try begin(on: connection)
        // From here on, no other connection can commit or shorten the log.
        try checkLog(on: connection)
        try checkDatabase(on: connection)
    }

    private func begin(on connection: Database) throws {
        do {
            try connection.beginTransaction(.immediate)
        } catch let error as DatabaseError where error.isOfDamage {
            for file in [database, log] {
                if case .shorter = file.look() { throw StoreFailure.truncated(file.path) }
            }
            throw error
        }
    }

    private func checkLog(on connection: Database) throws {
        switch log.look() {
        case .intact: return
        case .replaced: throw StoreFailure.replaced(log.path)
        case .shorter(let length):
            guard let state = try LogState(of: connection) else { return }
            guard !state.isLogTruncated(to: length) else { throw StoreFailure.truncated(log.path) }
            log.accept(length)
        }
    }

    private func checkDatabase(on connection: Database) throws {
        switch database.look() {
        case .intact: return
        case .replaced: throw StoreFailure.replaced(database.path)
        case .shorter(0): throw StoreFailure.truncated(database.path)
        case .shorter:
            // Read before the file is examined again: another process's checkpoint may be extending it.
            guard let state = try LogState(of: connection), case .shorter(let length) = database.look() else { return }
            guard !state.isDatabaseTruncated(to: length) else { throw StoreFailure.truncated(database.path) }
            if state.isDatabaseWhole(at: length) { database.accept(length) }
        }
    }

    /// Checks the files after a commit.
    ///
    /// Whether a file is complete shows in the next transaction. An empty database shows now.
    func confirmCommit() throws(StoreFailure) {
        switch database.look() {
        case .replaced: throw StoreFailure.replaced(database.path)
        case .shorter(0): throw StoreFailure.truncated(database.path)
        case .shorter, .intact: break
        }
        if log.look() == .replaced { throw StoreFailure.replaced(log.path) }
    }

    /// Whether nothing is wrong with the files, as far as can be determined now.
    func areWhole(on connection: Database) -> Bool {
        guard [database, log, index].contains(where: { $0.look() != .intact }) else { return true }
        let result = Result { try beginTransaction(on: connection) }
        if connection.isInsideTransaction { try? connection.rollback() }
        if case .failure = result { return false }
        return true
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
