public import IdentityBroker
public import Logging

public import Foundation

/// A store in a PostgreSQL database, for any number of processes on any number of machines.
///
/// A call's result is committed to the server's disk before it returns. A credential redeemed through one process is
/// spent for all. Calls that arrive while others are under way share the next transaction.
///
/// Connections are opened when needed. Without a server, each call fails, at once or within the connect timeout, and
/// the server is contacted again after a pause of at most two seconds, at a different moment by each process. A call
/// waits about ten seconds for its turn, and for the statement timeout plus two seconds for the server, and then fails.
///
/// It works behind a pooler that gives each transaction another session (PgBouncer's transaction mode): it prepares no
/// statements, sets nothing outside a transaction, and holds no lock longer than one.
public final class PostgresStore: BrokerStore {
    let pool: ConnectionPool
    let statements: StoreStatements
    private let auditRetention: Duration

    /// Makes a store, without contacting the server.
    ///
    /// - Parameters:
    ///   - url: A libpq connection string (PostgreSQL, "Connection Strings"), such as
    ///     `postgresql://broker:…@db.example/identity`. libpq takes unspecified parameters from its environment
    ///     variables and files, except `sslmode`, which defaults to `verify-full` for a server on another machine.
    ///   - options: The schema, the limits and the retention.
    ///   - logger: For the store's events, not those of logins.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the URL is not a connection string, or
    ///   an option is out of range.
    public convenience init(
        url: Secret,
        options: PostgresOptions = PostgresOptions(),
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) {
        try self.init(url: url, options: options, logger: logger, backoff: Backoff())
    }

    init(url: Secret, options: PostgresOptions, logger: Logger, backoff: Backoff) throws(BrokerError) {
        try options.check()
        let target = try ConnectionTarget(url)
        try target.checkParameters()
        statements = StoreStatements(schema: "\"\(options.schema)\"")
        auditRetention = options.auditRetention
        var logger = logger
        logger[metadataKey: "broker.store.server"] = "\(target.description)"
        pool = ConnectionPool(
            PoolContext(
                target: target,
                connectTimeout: options.connectTimeout,
                transaction: Transaction(
                    statementTimeout: options.statementTimeout, version: SchemaVersion(name: options.schema)),
                migrator: Migrator(
                    name: options.schema, transaction: Transaction(statementTimeout: options.statementTimeout)),
                statements: statements,
                state: Locked(
                    PoolState(connections: options.connections, capacity: Self.mostWaiting, backoff: backoff)),
                gauges: StoreGauges(mostConnections: options.connections),
                logger: logger
            ),
            connections: options.connections
        )
    }

    /// Connects, and creates or updates the tables; see ``BrokerStore/prepare()``.
    public func prepare() async throws(StoreFailure) {
        _ = try await newestEvents(1)
    }

    /// Performs all operations in one transaction; see ``BrokerStore/commit(_:at:)``.
    ///
    /// Commits that reserve one credential share transactions, and so do those that end logins. Those of records and events
    /// alone take one round trip.
    public func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let plan = try CommitPlan(operations, at: now)
        if operations.count == 1, case .reserve(let reservation) = operations[0] {
            let isOurs = try await pool.run { .reserve(reservation, at: now, $0) }
            return isOurs ? .done() : .refused(CommitRefusal(operation: 0))
        }
        if let conclusion = try Conclusion(plan) { return try await pool.run { .conclude(conclusion, $0) } }
        let commit = try StoredCommit(plan)
        return try await pool.run { .commit(commit, $0) }
    }

    /// The newest events; see ``BrokerStore/newestEvents(_:)``.
    public func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        var rows: [[String?]] = []
        while rows.count < count {
            let limit = min(count - rows.count, Self.chunk)
            let page = try await table(of: statements.newestEvents(before: rows.last?.first ?? nil, atMost: limit))
            rows += page
            if page.count < limit { break }
        }
        return try rows.reversed().map { row throws(StoreFailure) in
            guard let event = StoredEvent.event(of: row.dropFirst()) else {
                throw StoreFailure(
                    "An audit event is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
            }
            return event
        }
    }

    /// Removes expired reservations and records, and audit events older than their retention; see
    /// ``BrokerStore/purge(at:atMost:)``.
    ///
    /// If there are many of each, each gets a third of the count. Removes nothing while another process does the same
    /// on the same schema.
    public func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        let end = now.addingTimeInterval(-(auditRetention / .seconds(1)))
        var purged = 0
        while purged < count, !Task.isCancelled {
            let limit = min(count - purged, Self.chunk)
            let gone = try await changedRows(by: statements.purge(at: now, eventsBefore: end, atMost: limit))
            purged += gone
            if gone < limit { break }
        }
        return purged
    }

    /// Disconnects and ends its threads, once earlier calls are done; see ``BrokerStore/close()``.
    public func close() async {
        await pool.close()
    }

    /// How many operations may wait for a connection.
    private static let mostWaiting = 10_000
    /// The maximum number of rows that a transaction reads or deletes, so that logins can run in between.
    private static let chunk = 500

    /// Runs a statement in its own transaction, and returns its rows.
    func table(of statement: Statement) async throws(StoreFailure) -> [[String?]] {
        try await pool.run { .run(statement, $0) }.rows
    }

    /// Runs a statement that reports how many rows it changed.
    func changedRows(by statement: Statement) async throws(StoreFailure) -> Int {
        guard let count = try await table(of: statement).first?.first.flatMap(\.self).flatMap({ Int($0) }) else {
            throw StoreFailure("The server does not say how many rows it changed.", mayHaveHappened: true)
        }
        return count
    }
}
