import GRDB
import IdentityBroker

/// The files of an open database: that they are those that were opened, and whole.
///
/// What is written to a file that was deleted or replaced is found by no other process, and lost with this one. A file that was
/// truncated holds no longer what was answered. SQLite makes its files shorter itself, and others do so with its shell: only what
/// no such thing explains is called truncated, and no check changes a file.
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
    /// - Throws: ``StoreFailure``, with nothing written, if a file is another one, or certainly not whole. A transaction may
    ///   be open then.
    func beginTransaction(on connection: Database) throws {
        // Before SQLite reads it: to read memory beyond the end of its file kills the process (SIGBUS).
        switch index.look() {
        case .intact: break
        case .replaced: throw StoreFailure.replaced(index.path)
        case .shorter: throw StoreFailure.truncatedIndex(index.path)
        }
        try begin(on: connection)
        // From here on no other connection can commit or shorten the log.
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
            // Looked at before the file is once more: a checkpoint of another process may be making it longer.
            guard let state = try LogState(of: connection), case .shorter(let length) = database.look() else { return }
            guard !state.isDatabaseTruncated(to: length) else { throw StoreFailure.truncated(database.path) }
            if state.isDatabaseWhole(at: length) { database.accept(length) }
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

    /// Whether nothing is wrong with them, as far as can be told now.
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
