import IdentityBroker

/// Properties of a server, and which of the broker's objects it has.
struct Inspection: Sendable {
    let version: Int
    let encoding: String
    let hasSchema: Bool
    let hasMigrations: Bool
    let hasRecords: Bool
    /// Tables of earlier versions that are still there.
    let earlierTables: [EarlierTable]

    /// Queries them.
    ///
    /// From the catalog tables: by name (`to_regclass`), a session may remember that something was missing which
    /// another session has since created.
    static func statement(schema: String) -> Statement {
        Statement(
            """
            SELECT current_setting('server_version_num'), current_setting('server_encoding'),
                EXISTS (SELECT FROM pg_namespace WHERE nspname = $1),
                \((["migration", "stored_record"] + EarlierTable.all.map(\.name)).map(existence(of:)).joined(separator: ", "))
            """,
            [schema]
        )
    }

    private static func existence(of table: String) -> String {
        """
        EXISTS (
            SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = $1 AND relname = '\(table)'
        )
        """
    }

    /// - Throws: ``PostgresFailure`` if the answer is not that of a PostgreSQL server.
    init(_ answer: ResultRows?) throws(PostgresFailure) {
        guard let row = answer?.rows.first, row.count == 5 + EarlierTable.all.count,
            let version = row[0].flatMap({ Int($0) }),
            let encoding = row[1]
        else {
            throw PostgresFailure(
                "it does not say which version it is", mayHaveHappened: false, kind: .unsuitable)
        }
        self.version = version
        self.encoding = encoding
        hasSchema = row[2] == "t"
        hasMigrations = row[3] == "t"
        hasRecords = row[4] == "t"
        earlierTables = zip(EarlierTable.all, row.dropFirst(5)).filter { $1 == "t" }.map { $0.0 }
    }
}
