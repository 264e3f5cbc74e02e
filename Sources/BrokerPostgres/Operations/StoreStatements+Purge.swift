import Foundation

extension StoreStatements {
    /// Removes expired reservations and records, and events before a time, and returns how many. If there are many of each,
    /// each gets a third of the count; what one does not use goes to the others. Removes nothing while another replica does
    /// the same.
    func purge(at now: Date, eventsBefore end: Date, atMost count: Int) -> Statement {
        Statement(
            """
            WITH turn AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(hashtextextended($4, 0)) AS is_ours
            ), expired AS MATERIALIZED (
                SELECT key, expiry FROM \(schema).reservation
                WHERE expiry <= \(Self.time("$1::bigint")) AND (SELECT is_ours FROM turn)
                ORDER BY expiry LIMIT $3::bigint FOR UPDATE SKIP LOCKED
            ), old AS MATERIALIZED (
                SELECT id, began FROM \(schema).audit_event
                WHERE began < \(Self.time("$2::bigint")) AND (SELECT is_ours FROM turn)
                    AND (recorded IS NULL OR recorded < \(Self.time("$2::bigint")))
                ORDER BY began LIMIT $3::bigint
            ), lapsed AS MATERIALIZED (
                SELECT kind, id, kept FROM \(schema).stored_record
                WHERE kept <= \(Self.time("$1::bigint")) AND (SELECT is_ours FROM turn)
                ORDER BY kept LIMIT $3::bigint FOR UPDATE SKIP LOCKED
            ), share AS MATERIALIZED (
                SELECT count(*) FILTER (WHERE kind = 1) AS reservations,
                    count(*) FILTER (WHERE kind = 2) AS events, count(*) FILTER (WHERE kind = 3) AS records
                FROM (
                    SELECT 1 AS kind, row_number() OVER () AS place FROM expired
                    UNION ALL SELECT 2, row_number() OVER () FROM old
                    UNION ALL SELECT 3, row_number() OVER () FROM lapsed
                    ORDER BY place, kind LIMIT $3::bigint
                ) AS fair
            ), forgotten AS (
                DELETE FROM \(schema).reservation WHERE key IN (
                    SELECT key FROM expired ORDER BY expiry LIMIT (SELECT reservations FROM share)
                ) RETURNING 1
            ), dropped AS (
                DELETE FROM \(schema).audit_event WHERE id IN (
                    SELECT id FROM old ORDER BY began LIMIT (SELECT events FROM share)
                ) RETURNING 1
            ), removed AS (
                DELETE FROM \(schema).stored_record WHERE (kind, id) IN (
                    SELECT kind, id FROM lapsed ORDER BY kept LIMIT (SELECT records FROM share)
                ) RETURNING 1
            )
            SELECT (SELECT count(*) FROM forgotten) + (SELECT count(*) FROM dropped)
                + (SELECT count(*) FROM removed)
            """,
            [
                "\(Microseconds.since1970(now))", "\(Microseconds.since1970(end))", "\(count)",
                "identity-broker purge \(schema)",
            ]
        )
    }
}
