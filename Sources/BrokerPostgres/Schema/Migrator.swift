import IdentityBroker

/// Migrates a database to this version, however many processes start to do so at the same time.
struct Migrator: Sendable {
    /// The schema's name.
    let name: String
    let transaction: Transaction

    /// How long a process waits for another one that migrates.
    private static let patience = Duration.seconds(15)
    /// How long a migration may take. One that moves the contents of a large table takes minutes.
    private static let longestMigration = Duration.seconds(30 * 60)
    private static let oldestServer = 140_000

    private var schema: String { "\"\(name)\"" }
    var version: SchemaVersion { SchemaVersion(name: name) }

    /// Checks the server and the user's privileges, and migrates if something is missing.
    ///
    /// - Throws: ``PostgresFailure`` that says what an operator must do.
    func prepare(_ connection: PostgresConnection) throws(PostgresFailure) {
        guard try look(connection).isBehind else { return try checkRights(connection) }
        do {
            try migrate(connection)
        } catch {
            throw error.code == "42501" ? denied(error.reason) : error
        }
    }

    /// Checks the server and the schema's version, and returns whether something is missing.
    func look(_ connection: PostgresConnection) throws(PostgresFailure) -> (found: Inspection, isBehind: Bool) {
        let found = try Inspection(connection.run([inspection], in: transaction).first)
        guard found.version >= Self.oldestServer else {
            throw PostgresFailure(
                "its version is older than 14; update the server", mayHaveHappened: false, kind: .unsuitable)
        }
        guard found.encoding == "UTF8" else {
            throw PostgresFailure(
                "its encoding is \(found.encoding); make a database with ENCODING 'UTF8'", mayHaveHappened: false,
                kind: .unsuitable)
        }
        guard found.hasMigrations else { return (found, true) }
        let applied = try version.number(in: connection.run([version.statement], in: transaction))
        try version.check(applied)
        return (found, applied < SchemaVersion.known)
    }

    /// - Parameter reason: What the user may not do.
    func denied(_ reason: String) -> PostgresFailure {
        PostgresFailure(
            "\(reason); run `broker store prepare` as a user who may make and change the schema \(name)",
            mayHaveHappened: false,
            kind: .denied
        )
    }

    private func migrate(_ connection: PostgresConnection) throws(PostgresFailure) {
        let waiting = Transaction(statementTimeout: Self.patience)
        let timeout = Self.patience + .seconds(2)
        // Others may have been faster.
        let found = try Inspection(connection.run(waiting.beginning + [turn, inspection], within: timeout).last)
        let beginnings =
            (found.hasSchema ? [] : [Statement("CREATE SCHEMA \(schema)")])
            + [found.hasMigrations ? version.lock : migrationTable]
        _ = try connection.run(beginnings, within: timeout)
        let applied = try version.number(in: connection.run([version.statement], within: timeout))
        try version.check(applied)
        let steps = Migration.all.indices.dropFirst(applied).flatMap { index in
            Migration.all[index].statements(schema).map { Statement($0) }
                + [
                    Statement(
                        "INSERT INTO \(schema).migration (number, name) VALUES ($1::integer, $2)",
                        ["\(index + 1)", Migration.all[index].name]
                    )
                ]
        }
        let longer = Statement(
            "SELECT set_config('statement_timeout', $1, true)", ["\(Int(Self.longestMigration / .milliseconds(1)))"])
        try connection.confirm(
            connection.run([longer] + steps + [waiting.end], within: Self.longestMigration + .seconds(2)).last)
    }

    var inspection: Statement { Inspection.statement(schema: name) }

    /// Held until the end of the transaction; after that, a pooler may give the session to someone else.
    private var turn: Statement {
        Statement(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            ["identity-broker migration \(schema)"]
        )
    }

    private var migrationTable: Statement {
        Statement(
            """
            CREATE TABLE \(schema).migration (
                number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now()
            )
            """
        )
    }
}
