public import IdentityBroker
public import Logging

public import Foundation

/// A store in one SQLite database file, for any number of processes on one machine and across restarts.
///
/// A call's result is on disk before it returns, so the process may be killed at any moment. Calls that arrive while
/// others are being written share the next transaction, and its single wait for the disk.
///
/// Operators can read all of it with SQLite's shell, for example audit events:
/// `sqlite3 broker.sqlite "SELECT * FROM audit_event ORDER BY id DESC LIMIT 20"`. Accounts are in `account`,
/// `account_identity` and `account_contact`, and records in `stored_record`. A column such as `began` counts nanoseconds
/// since 1970, with `began_at` as text beside it, and `duration` counts nanoseconds too. That is finer than a clock's
/// `Date`, which survives unchanged.
///
/// A call waits for a limited time, whatever happens to the disk, and then fails: after about 5 seconds if another
/// program holds the database's lock, and after at most 20 if the disk itself does not respond.
public final class SQLiteStore: BrokerStore {
    let commits: GroupCommit

    private let auditRetention: Duration

    /// Opens the database, or creates it, readable and writable only by its owner.
    ///
    /// This waits for the disk, and for a few seconds if another process holds the database's lock.
    ///
    /// - Parameters:
    ///   - path: The database file; a relative path is resolved against the working directory. SQLite keeps two more
    ///     files next to it, whose names end in `-wal` and `-shm`. They must be on a local disk: SQLite's locks do not
    ///     work over a network.
    ///   - auditRetention: How long ``purge(at:atMost:)`` keeps audit events; 90 days by default.
    ///   - openingTimeout: How long this may wait for the lock.
    ///   - logger: For the store's events, not those of logins.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the file cannot be created or opened, is
    ///   not a database, belongs to another program, has a second hard link, was written by a newer version of the
    ///   broker, or is empty although it was in use; of kind ``BrokerError/Kind/unavailable`` if another program holds
    ///   its lock, or its disk is full, read-only or failing.
    public convenience init(
        path: String,
        auditRetention: Duration = .seconds(90 * 24 * 60 * 60),
        openingTimeout: Duration = StoreContext.openingTimeout,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) {
        try self.init(
            path: path, auditRetention: auditRetention, openingTimeout: openingTimeout, logger: logger,
            limits: WriterLimits())
    }

    init(
        path: String,
        auditRetention: Duration = .seconds(90 * 24 * 60 * 60),
        openingTimeout: Duration = StoreContext.openingTimeout,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        limits: WriterLimits
    ) throws(BrokerError) {
        guard auditRetention > .zero else {
            throw .misconfigured("The retention of audit events must be positive.")
        }
        let file = try DatabaseFile(path: path)
        if file.isOpenToOthers {
            logger.warning(
                "other users can read or write the store's file; take their permissions away",
                metadata: ["broker.store.path": "\(file.path)"]
            )
        }
        self.auditRetention = auditRetention
        commits = GroupCommit(
            to: try OpenDatabase(file, busyTimeout: limits.busyTimeout, openingTimeout: openingTimeout),
            within: limits, logger: logger)
        if file.isNew { logger.notice("a new store was made", metadata: ["broker.store.path": "\(file.path)"]) }
    }

    /// Performs all operations in one transaction; see ``BrokerStore/commit(_:at:)``.
    public func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let commands = CommitCommands(try CommitPlan(operations, at: now))
        return try await commits.run { try commands.run(in: $0) }.get()
    }

    /// The newest events; see ``BrokerStore/newestEvents(_:)``.
    public func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        var rows: [StoreRow] = []
        while rows.count < count {
            let limit = min(count - rows.count, Self.chunk)
            let read = StoreCommand.newestEvents(before: rows.last?.eventNumber, atMost: limit)
            let page = try await commits.run { try $0.rows(read) }
            rows += page
            if page.count < limit { break }
        }
        return try rows.reversed().map { row throws(StoreFailure) in try row.event() }
    }

    /// The time by which the store may forget; see ``BrokerStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await commits.run { try $0.believedTime(at: now) }
    }

    /// Removes expired reservations and records, and audit events older than their retention; see
    /// ``BrokerStore/purge(at:atMost:)``.
    ///
    /// If there are many of each, each gets a third of the count.
    public func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        let end = now.addingTimeInterval(-(auditRetention / .seconds(1)))
        var purged = 0
        while purged < count, !Task.isCancelled {
            let limit = min(count - purged, Self.chunk)
            let gone = try await commits.run { try $0.purge(at: now, eventsBefore: end, atMost: limit) }
            purged += gone
            if gone < limit { break }
        }
        return purged
    }

    /// Closes the database, once earlier calls are done; see ``BrokerStore/close()``.
    ///
    /// A store that is merely released loses nothing, but its last owner then waits for the disk.
    ///
    /// - Throws: ``StoreFailure`` if SQLite fails to close it. No result that was returned is lost.
    public func close() async throws(StoreFailure) {
        try await commits.close()
    }

    /// The maximum number of rows that a transaction reads or deletes, about ten milliseconds of work, so that logins
    /// can run in between.
    private static let chunk = 500
}
