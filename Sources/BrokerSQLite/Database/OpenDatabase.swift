import GRDB
import IdentityBroker

/// A connection to the database, and the files on which it was opened.
struct OpenDatabase: Sendable {
    let connection: DatabaseQueue
    /// The path, for messages.
    let path: String

    let files: OpenFiles

    /// Opens the file: durable, shared with other processes, and with this version's schema.
    ///
    /// - Parameters:
    ///   - busyTimeout: How long a transaction waits for another program's lock.
    ///   - openingTimeout: How long opening may wait for it.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured``, or ``BrokerError/Kind/unavailable`` if it
    ///   can be opened later unchanged.
    init(_ file: DatabaseFile, busyTimeout: Duration, openingTimeout: Duration) throws(BrokerError) {
        path = file.path
        do {
            let busyWait = BusyWait(limit: busyTimeout, openingWithin: openingTimeout)
            var configuration = Self.configuration(busyWait)
            // A failed opening leaves an existing log, perhaps another program's, unchanged.
            let findsLog = DatabaseFile.trace(of: file.path) != nil
            configuration.prepareDatabase { try $0.leaveLogAtClose(findsLog) }
            connection = try DatabaseQueue(path: file.resolvedPath, configuration: configuration)
            try connection.read { try Schema.check($0, at: file.path) }
            try connection.inDatabase { try Self.makeDurable($0, busyWait) }
            try Schema.migrate(connection)
            files = try OpenFiles(file)
            try connection.inDatabase { try $0.leaveLogAtClose(false) }
            busyWait.endOpening()
        } catch {
            throw Self.failure(error, at: file.path)
        }
    }

    /// Closes the connection. The last one writes the log into the database, and deletes it.
    ///
    /// If a file was truncated or replaced, or cannot be examined, all are left unchanged: nothing is written into the
    /// remains, and the log stays as a trace of the contents, for operators and for the next opening.
    func close() throws {
        let preparation = Result {
            try connection.inDatabase { database in
                if !files.areWhole(on: database) { try database.leaveLogAtClose(true) }
            }
        }
        // Whatever the outcome, the files must not stay open.
        try connection.close()
        try preparation.get()
    }

    private static func configuration(_ busyWait: BusyWait) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "identity-broker"
        configuration.busyMode = busyWait.mode
        configuration.foreignKeysEnabled = false
        // A failed rollback must fail the next transaction, not stop the process.
        configuration.allowsUnsafeTransactions = true
        return configuration
    }

    /// With a write-ahead log and full synchronization, a commit waits for the disk once, and is durable when it
    /// returns (SQLite, PRAGMA synchronous). `fullfsync` does the same on macOS.
    private static func makeDurable(_ database: Database, _ busyWait: BusyWait) throws {
        // The switch needs the file exclusively, and SQLite does not wait for that.
        let mode = try busyWait.retry { try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") }
        guard mode == "wal" else {
            throw DatabaseError(message: "its file system cannot hold a write-ahead log")
        }
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA journal_size_limit = \(OpenFiles.logLimit);
                """)
    }

    static func failure(_ error: any Error, at path: String) -> BrokerError {
        if let error = error as? BrokerError { return error }
        if let failure = error as? StoreFailure { return BrokerError(.unavailable, failure.message) }
        let reason = StoreFailure.Reason(error)
        let advice =
            switch (error as? DatabaseError)?.resultCode {
            case .SQLITE_NOTADB: " Give the path of an SQLite database, or of a file that does not exist yet."
            default:
                reason.remedy.isEmpty
                    ? " Check the disk and the permissions of the file, its directory, and the files beside it."
                    : reason.remedy
            }
        return BrokerError(
            reason.passes ? .unavailable : .misconfigured,
            "The SQLite store \(path) cannot be opened: \(error.reason).\(advice)")
    }
}
