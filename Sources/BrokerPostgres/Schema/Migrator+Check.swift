import IdentityBroker

/// Checks for obstacles to using a store, without changing anything.
extension Migrator {
    /// Finds obstacles to ``prepare(_:)`` and to the work after it.
    ///
    /// - Parameter keys: The records to read.
    /// - Returns: Those that exist.
    /// - Throws: ``PostgresFailure`` that says what an operator must do.
    func check(
        _ connection: PostgresConnection,
        reading keys: [RecordKey],
        with statements: StoreStatements
    ) throws(PostgresFailure) -> [StoredRecord] {
        let (found, isBehind) = try look(connection)
        if isBehind {
            if let obstacle = try firstText(of: obstacle(to: found), on: connection) { throw denied(obstacle) }
        } else {
            try checkRights(connection)
        }
        guard found.hasMigrations, !keys.isEmpty else { return [] }
        return try read(keys, on: connection, with: statements)
    }

    /// Reads records, those of an earlier version's tables too, since the service meets them after the migration.
    ///
    /// One transaction finds the tables and reads them. Another process migrates only after it: reading the version locks
    /// its table, as ``SchemaVersion/confirmation`` does.
    private func read(
        _ keys: [RecordKey],
        on connection: PostgresConnection,
        with statements: StoreStatements
    ) throws(PostgresFailure) -> [StoredRecord] {
        let timeout = transaction.statementTimeout + .seconds(2)
        let beginning = try connection.run(transaction.beginning + [version.statement, inspection], within: timeout)
        try version.check(version.number(in: Array(beginning.suffix(2))))
        let found = try Inspection(beginning.last)
        let reads = keys.flatMap { key in
            (found.hasRecords ? [statements.anyRecord(key)] : [])
                + found.earlierTables.map { statements.anyRecord(key, in: $0.records(statements.schema)) }
        }
        let answers = try connection.run(reads + [transaction.end], within: timeout)
        try connection.confirm(answers.last)
        let rows = answers.dropLast().flatMap(\.rows)
        do throws(StoreFailure) {
            return try rows.map { row throws(StoreFailure) in try statements.record(of: row) }
        } catch {
            throw PostgresFailure(error.message, mayHaveHappened: false, kind: error.reason)
        }
    }

    /// Checks that the user has all privileges that the store needs, so that nothing fails only when it is needed.
    ///
    /// - Throws: ``PostgresFailure`` that names the privileges.
    func checkRights(_ connection: PostgresConnection) throws(PostgresFailure) {
        guard let missing = try firstText(of: missingRights, on: connection) else { return }
        throw PostgresFailure(
            "the user lacks rights in the schema \(name): \(missing); grant them, as Documentation/Stores.md shows",
            mayHaveHappened: false,
            kind: .denied
        )
    }

    private func firstText(
        of statement: Statement,
        on connection: PostgresConnection
    ) throws(PostgresFailure) -> String? {
        try connection.run([statement], in: transaction).first?.rows.first?.first ?? nil
    }

    /// Reports what a migration does that the user may not do.
    private func obstacle(to found: Inspection) -> Statement {
        guard found.hasSchema else {
            return Statement(
                """
                SELECT CASE WHEN NOT has_database_privilege(current_database(), 'CREATE')
                    THEN 'there is no schema ' || $1 || ', and the user may not make one' END
                """,
                [name]
            )
        }
        return Statement(
            """
            SELECT CASE WHEN NOT has_schema_privilege($1, 'CREATE') OR EXISTS (
                SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = $1 AND relkind = 'r' AND NOT pg_has_role(relowner, 'USAGE')
            ) THEN 'tables are missing or of an older version, and the user may not make or change them' END
            """,
            [name]
        )
    }

    /// Lists the privileges that a store needs and the user lacks.
    private var missingRights: Statement {
        let rights = StoreStatements.rights.map { "\($0.table):\($0.rights.joined(separator: ","))" }
        return Statement(
            """
            SELECT string_agg(lacking, ', ') FROM (
                SELECT string_agg(wanted, ', ') || ' on ' || split_part(entry, ':', 1) AS lacking
                FROM unnest(string_to_array($2, ' ')) AS entry,
                    unnest(string_to_array(split_part(entry, ':', 2), ',')) AS wanted
                WHERE NOT has_table_privilege(format('%I.%I', $1::text, split_part(entry, ':', 1)), wanted)
                GROUP BY entry
            ) AS tables
            """,
            [name, rights.joined(separator: " ")]
        )
    }
}

extension StoreStatements {
    /// The privileges that its statements need, table by table.
    static let rights: [(table: String, rights: [String])] = [
        ("reservation", ["SELECT", "INSERT", "UPDATE", "DELETE"]),
        ("audit_event", ["SELECT", "INSERT", "DELETE"]),
        ("account", ["SELECT", "INSERT", "UPDATE"]),
        ("account_identity", ["SELECT", "INSERT", "UPDATE"]),
        ("account_contact", ["SELECT", "INSERT", "DELETE"]),
        ("store_time", ["SELECT", "INSERT", "UPDATE"]),
        ("stored_record", ["SELECT", "INSERT", "UPDATE", "DELETE"]),
        ("record_owner", ["SELECT", "INSERT", "DELETE"]),
    ]
}
