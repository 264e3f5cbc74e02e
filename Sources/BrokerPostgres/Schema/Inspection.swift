import IdentityBroker

/// Properties of a server, and which of the broker's objects it has.
struct Inspection: Sendable {
    let version: Int
    let encoding: String
    let hasSchema: Bool
    let hasMigrations: Bool
    /// Whether the key ring still has a table of its own.
    let hasKeyRingTable: Bool
    let hasRecords: Bool

    /// Queries them.
    ///
    /// From the catalog tables: by name (`to_regclass`), a session may remember that something was missing which
    /// another session has since created.
    static func statement(schema: String) -> Statement {
        Statement(
            """
            SELECT current_setting('server_version_num'), current_setting('server_encoding'),
                EXISTS (SELECT FROM pg_namespace WHERE nspname = $1),
                \(existence(of: "migration")), \(existence(of: "key_ring")), \(existence(of: "stored_record"))
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
        guard let row = answer?.rows.first, row.count == 6, let version = row[0].flatMap({ Int($0) }),
            let encoding = row[1]
        else {
            throw PostgresFailure(
                "it does not say which version it is", mayHaveHappened: false, kind: .unsuitable)
        }
        self.version = version
        self.encoding = encoding
        hasSchema = row[2] == "t"
        hasMigrations = row[3] == "t"
        hasKeyRingTable = row[4] == "t"
        hasRecords = row[5] == "t"
    }
}
