public import IdentityBroker
public import Logging

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A store in one SQLite database file: for any number of processes on one machine, and across restarts.
///
/// What a call answered is on disk before the answer, so that a process may be killed at any moment. Calls that come in
/// while others are being written share the next transaction, and its one wait for the disk.
///
/// An operator can read all of it with SQLite's shell, audit events for instance:
/// `sqlite3 broker.sqlite "SELECT * FROM audit_event ORDER BY id DESC LIMIT 20"`. Accounts appear in `account` and
/// `account_identity`, grants in `account_grant`, and the sealed key ring in `key_ring`. A column such as `began` counts
/// nanoseconds since 1970, with `began_at` as text beside it, and `duration` counts nanoseconds too. That is finer than
/// what a clock shows as a `Date`, which comes back as it was.
///
/// A call waits for a bounded time, whatever becomes of the disk, and then fails: after about 5 seconds where another
/// program holds the database's lock, and after 20 at most where the disk itself does not answer.
public final class SQLiteStore: BrokerStore {
    let commits: GroupCommit

    private let auditRetention: Duration

    /// Opens the database, and makes it where there is none, readable and writable for its owner only.
    ///
    /// This waits for the disk; where another process holds the database's lock, for a few seconds.
    ///
    /// - Parameters:
    ///   - path: The database file; a relative path counts from the working directory. SQLite keeps two more files
    ///     beside it, whose names end in `-wal` and `-shm`. They belong on a disk of this machine: SQLite's locks do
    ///     not hold over a network.
    ///   - auditRetention: How long ``purge(at:atMost:)`` keeps audit events; 90 days by default.
    ///   - openingTimeout: How long this waits for the lock at most.
    ///   - logger: Gets what is about the store and no login.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` where the file cannot be made or opened, is
    ///   no database, belongs to another program, has a hard link, was written by a newer version of the broker, or is empty
    ///   though it was in use; of kind ``BrokerError/Kind/unavailable`` where another program holds its lock, or its disk is
    ///   full, read-only or failing.
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

    /// Reserves a credential; see ``OneTimeStore/reserve(_:at:)``.
    public func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        let reserve = StoreCommand.reserve(reservation, at: now)
        return try await commits.run { try $0.run(reserve) == 1 }
    }

    /// Writes an event; see ``AuditLog/append(_:)``.
    ///
    /// An event of more than 1 MiB of text is refused.
    public func append(_ event: AuditEvent) async throws(StoreFailure) {
        let append = try StoreCommand.append(event)
        _ = try await commits.run { try $0.run(append) }
    }

    /// Writes an event and settles a reservation; see ``LoginStore/conclude(_:as:recording:)``.
    ///
    /// An event of more than 1 MiB of text is refused, and the reservation left as it is.
    public func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        let (settle, append) = (StoreCommand.settle(reservation, as: outcome), try StoreCommand.append(event))
        try await commits.run { database in
            try database.run(settle)
            try database.run(append)
        }
    }

    /// The newest events; see ``AuditLog/newestEvents(_:)``.
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

    /// The time by which the store may forget; see ``LoginStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await commits.run { try $0.believedTime(at: now) }
    }

    /// Forgets reservations and grants that have expired, and audit events older than their retention; see
    /// ``LoginStore/purge(at:atMost:)``.
    ///
    /// Where all are many, each gets a third of the count.
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

    /// Closes the database, once what was asked of it before is done; see ``LoginStore/close()``.
    ///
    /// A store that is merely let go of loses nothing, but whoever lets go last then waits for the disk.
    ///
    /// - Throws: ``StoreFailure`` if SQLite fails to close it. No answer that was given is lost.
    public func close() async throws(StoreFailure) {
        try await commits.close()
    }

    /// How many rows a transaction reads or deletes at most, ten milliseconds' worth or so: logins go between them.
    private static let chunk = 500
}
