import IdentityBroker

/// The statements of a commit of records, sent in one round trip.
///
/// The last one decides by the rules of ``CommitPlan``, and writes. Everything it looks at is locked by then: first by
/// name, because a record that does not exist yet has no row to lock; then row by row, because records deleted by owner
/// are not named. Both happen in one order, so that no two commits wait for each other. Commits that only require a record
/// share its locks, so that those of many logins can require the same one side by side.
/// A sign-in locks no name of a record. If it inserts one that a commit has not found, one of both fails and is repeated.
extension StoreStatements {
    /// - Parameter account: The account of the sign-in; nil if there is none.
    func commit(_ plan: CommitPlan, for account: AccountID?, recording events: [StoredEvent]) -> [Statement] {
        (plan.isAboutRecords ? [lockNames(of: plan, for: account), lockRows(of: plan)] : [])
            + [apply(plan, for: account, recording: events)]
    }

    /// Commits that put records of an owner may run side by side, but not beside one that deletes all records of the owner.
    private func lockNames(of plan: CommitPlan, for account: AccountID?) -> Statement {
        let required = plan.required
        return lock(
            plan.named.map { .record($0, isShared: required.contains($0)) }
                + plan.owners.map { .owner($0, isShared: false) }
                + Set(plan.put(for: account).flatMap(\.owners)).map { .owner($0, isShared: true) })
    }

    private func lockRows(of plan: CommitPlan) -> Statement {
        let required = plan.required
        let time = "(SELECT earliest FROM (\(clock(at: "$6::bigint"))) AS clock)"
        let owned = Self.owned(by: "$4::text[], $5::text[]", at: time, in: schema)
        let row = "SELECT 1 FROM \(schema).stored_record AS held WHERE held.kind = wanted.kind AND held.id = wanted.id"
        return Statement(
            """
            SELECT CASE WHEN is_shared THEN (\(row) FOR SHARE) ELSE (\(row) FOR UPDATE) END
            FROM (
                SELECT kind, id, bool_and(is_shared) AS is_shared FROM (
                    SELECT kind COLLATE "C", id COLLATE "C", is_shared
                    FROM unnest($1::text[], $2::text[], $3::boolean[]) AS named (kind, id, is_shared)
                    UNION ALL SELECT kind, id, false FROM (\(owned)) AS owned
                ) AS listed GROUP BY kind, id ORDER BY kind, id
            ) AS wanted
            """,
            [
                ArrayLiteral(plan.named.map(\.kind.rawValue)).text, ArrayLiteral(plan.named.map(\.id.rawValue)).text,
                ArrayLiteral(plan.named.map { required.contains($0) ? "t" : "f" }).text,
            ] + Self.owners(of: plan) + ["\(Microseconds.since1970(plan.now))"]
        )
    }

    /// Selects the caller's time, the highest that the store has believed, the time by which a caller may replace what has
    /// expired (``StoreTime/time(for:)``), and the earlier one of the caller's time and the store's.
    private func clock(at now: String) -> String {
        """
        SELECT now, highest, CASE WHEN now - believed > interval '1 hour' THEN believed ELSE now END AS trusted,
            least(now, believed) AS earliest
        FROM (SELECT \(Self.time(now)) AS now) AS caller
        LEFT JOIN \(schema).store_time ON id = 1
        """
    }

    /// Returns one row for the refused operation, or one for each consumed record: the index in the commit, whether it is
    /// refused, and what ``record(of:)`` reads. If the commit would delete too many records, the refused index is that of
    /// no operation.
    private func apply(_ plan: CommitPlan, for account: AccountID?, recording events: [StoredEvent]) -> Statement {
        let eventArguments = Self.arguments(of: events)
        let first = eventArguments.count + 1
        let parameters = AskedOperation.columns.enumerated().map { "$\(first + 1 + $0)::\($1.1)[]" }
        let owners = [1, 2].map { "$\(first + parameters.count + $0)::text[]" }.joined(separator: ", ")
        let owned = Self.owned(by: owners, at: "(SELECT earliest FROM clock)", in: schema)
        return Statement(
            """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest(\(parameters.joined(separator: ", ")))
                AS asked (\(AskedOperation.columns.map(\.0).joined(separator: ", ")))
            ), clock AS MATERIALIZED (
                \(clock(at: "$\(first)::bigint"))
            ), found AS MATERIALIZED (
                SELECT asked.number, asked.place, asked.action, asked.version AS wanted, held.*,
                    held.id IS NOT NULL AND \(Self.isAlive(at: "now")) AS is_alive,
                    held.id IS NULL OR (held.kept <= trusted) IS TRUE AS is_free
                FROM clock CROSS JOIN asked
                LEFT JOIN \(schema).stored_record AS held ON held.kind = asked.kind AND held.id = asked.id
            ), refused AS MATERIALIZED (
                SELECT place, CASE WHEN is_alive OR action = 'put' AND wanted = 1 THEN version END AS version
                FROM found
                WHERE NOT CASE action
                    WHEN 'put' THEN CASE WHEN wanted = 1 THEN is_free ELSE is_alive AND version = wanted - 1 END
                    WHEN 'delete' THEN wanted IS NULL OR is_alive AND version = wanted
                    ELSE is_alive AND (wanted IS NULL OR version = wanted)
                END
                UNION ALL SELECT \(CommitPlan.mostOperations), NULL
                WHERE (SELECT count(*) FROM (\(owned)) AS owned)
                    > \(StoreOperation.mostOwned)
                ORDER BY place LIMIT 1
            ), accepted AS MATERIALIZED (
                SELECT * FROM asked WHERE NOT EXISTS (SELECT FROM refused)
            ), deleted AS (
                DELETE FROM \(schema).stored_record AS held
                USING (
                    SELECT kind, id FROM asked WHERE action IN ('consume', 'delete')
                    UNION (\(owned))
                    EXCEPT SELECT kind, id FROM asked WHERE action = 'put'
                ) AS gone
                WHERE held.kind = gone.kind AND held.id = gone.id AND NOT EXISTS (SELECT FROM refused)
            ), put AS MATERIALIZED (
                SELECT accepted.kind, accepted.id, accepted.version, \(Self.time("accepted.expiry")) AS expiry,
                    CASE WHEN accepted.expiry IS NOT NULL THEN greatest(\(Self.time("accepted.expiry")),
                        highest + \(Self.interval("(accepted.expiry - $\(first)::bigint)"))) END AS kept,
                    accepted.owners, decode(accepted.body, 'base64') AS body, found.id IS NULL AS is_new
                FROM accepted JOIN found USING (number) CROSS JOIN clock WHERE accepted.action = 'put'
            ), replaced AS (
                UPDATE \(schema).stored_record AS held
                SET version = put.version, expiry = put.expiry, kept = put.kept, owners = put.owners, body = put.body
                FROM put WHERE held.kind = put.kind AND held.id = put.id AND NOT is_new
            ), inserted AS (
                INSERT INTO \(schema).stored_record (kind, id, version, expiry, kept, owners, body)
                SELECT kind, id, version, expiry, kept, owners, body FROM put WHERE is_new
            ), disowned AS (
                DELETE FROM \(schema).record_owner AS before USING accepted
                WHERE action = 'put' AND before.kind = accepted.kind AND before.id = accepted.id
                    AND before.owner_kind || ':' || before.owner_id <> ALL (string_to_array(owners, ' '))
            ), owned AS (
                INSERT INTO \(schema).record_owner (owner_kind, owner_id, kind, id)
                SELECT split_part(owner, ':', 1), substr(owner, strpos(owner, ':') + 1), kind, id
                FROM accepted CROSS JOIN unnest(string_to_array(owners, ' ')) AS owner WHERE action = 'put'
                ON CONFLICT DO NOTHING
            ), recorded AS (
                \(insertion(where: "NOT EXISTS (SELECT FROM refused)"))
            )
            SELECT place, true, NULL, NULL, version, NULL, NULL, NULL FROM refused
            UNION ALL
            SELECT place, false, \(Self.recordColumns) FROM found AS held
            WHERE action = 'consume' AND NOT EXISTS (SELECT FROM refused)
            ORDER BY place
            """,
            eventArguments + ["\(Microseconds.since1970(plan.now))"] + AskedOperation.arguments(of: plan, for: account)
                + Self.owners(of: plan)
        )
    }

    /// The result of a commit, from the rows of its last statement.
    ///
    /// - Throws: ``StoreFailure`` if there was too much to delete, or someone else wrote to the table.
    func commit(in answer: ResultRows, for account: AccountID?) throws(StoreFailure) -> CommitResult {
        if let row = answer.rows.first, row.count == 8, row[1] == "t", let place = row[0].flatMap({ Int($0) }) {
            guard place < CommitPlan.mostOperations else { throw .tooManyOwned }
            return .refused(CommitRefusal(operation: place, found: row[4].flatMap { Int($0) }))
        }
        do throws(StoreFailure) {
            let consumed = try answer.rows.map { row throws(StoreFailure) in try record(of: row.dropFirst(2)) }
            return .done(consumed: consumed, account: account)
        } catch {
            throw StoreFailure(error.message, mayHaveHappened: true, reason: error.reason)
        }
    }

    /// Selects the records of these owners, of which there may be one too many to delete, but not those that are left to
    /// the purge (``CommitPlan/purgeable(by:)``).
    private static func owned(by owners: String, at time: String, in schema: String) -> String {
        """
        SELECT owned.kind, owned.id FROM unnest(\(owners)) AS owner (owner_kind, owner_id)
        JOIN \(schema).record_owner AS owned USING (owner_kind, owner_id)
        JOIN \(schema).stored_record AS kept ON kept.kind = owned.kind AND kept.id = owned.id
        WHERE kept.kept IS NULL OR kept.kept > \(time) - interval '1 hour'
        LIMIT \(StoreOperation.mostOwned + 1)
        """
    }

    private static func owners(of plan: CommitPlan) -> [String?] {
        [
            ArrayLiteral(plan.owners.map(\.kind.rawValue)).text, ArrayLiteral(plan.owners.map(\.id.rawValue)).text,
        ]
    }
}
