import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The statements that a store runs, for a schema.
struct StoreStatements: Sendable {
    /// The schema's name, quoted.
    let schema: String

    /// One statement decides and writes. Rows come in the order of their keys, so that no two transactions wait for each
    /// other. It gives the keys that were reserved.
    func reserve(_ claimants: [ReservationBatch.Request]) -> Statement {
        Statement(
            """
            INSERT INTO \(schema).reservation AS held (key, login, reserved, expiry, is_spent)
            SELECT key, login, \(Self.time("reserved")), \(Self.time("expiry")), false
            FROM unnest($1::bytea[], $2::uuid[], $3::bigint[], $4::bigint[]) AS asked (key, login, reserved, expiry)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE
            SET login = excluded.login, reserved = excluded.reserved, expiry = excluded.expiry, is_spent = false
            WHERE held.expiry <= excluded.reserved
            RETURNING encode(key, 'hex')
            """,
            [
                ArrayLiteral(claimants.map { Self.literal($0.reservation.key) }).text,
                ArrayLiteral(claimants.map(\.reservation.login.uuidString)).text,
                ArrayLiteral(claimants.map { "\(Microseconds.since1970($0.now))" }).text,
                ArrayLiteral(claimants.map { "\(Microseconds.since1970($0.reservation.expiry))" }).text,
            ]
        )
    }

    /// The keys among the first column's.
    func keys(in answer: ResultRows) -> Set<OneTimeKey> {
        Set(answer.rows.compactMap { row in row.first.flatMap(\.self).flatMap(OneTimeKey.init(hexadecimal:)) })
    }

    /// Settles the reservations that their logins still hold. Rows are locked in the order of their keys first.
    func settle(_ settlements: [StoreOperation.Settlement]) -> Statement {
        Statement(
            """
            WITH settled AS MATERIALIZED (
                SELECT held.key, verdict.is_spent
                FROM unnest($1::bytea[], $2::uuid[], $3::boolean[]) AS verdict (key, login, is_spent)
                JOIN \(schema).reservation AS held ON held.key = verdict.key AND held.login = verdict.login
                WHERE NOT held.is_spent
                ORDER BY held.key FOR UPDATE OF held
            ), spent AS (
                UPDATE \(schema).reservation AS held SET is_spent = true
                FROM settled WHERE held.key = settled.key AND settled.is_spent
            )
            DELETE FROM \(schema).reservation AS held
            USING settled WHERE held.key = settled.key AND NOT settled.is_spent
            """,
            [
                ArrayLiteral(settlements.map { Self.literal($0.reservation.key) }).text,
                ArrayLiteral(settlements.map(\.reservation.login.uuidString)).text,
                ArrayLiteral(settlements.map { $0.outcome == .spent ? "t" : "f" }).text,
            ]
        )
    }

    func append(_ events: [StoredEvent]) -> Statement {
        let columns = StoredEvent.columns
        let parameters = columns.enumerated().map { "$\($0 + 1)::\($1.1)[]" }.joined(separator: ", ")
        let names = columns.map(\.0)
        let values = names.map { name in
            switch name {
            case "began": Self.time(name)
            case "duration": Self.interval(name)
            case "notices": "notices::text[]"
            default: name
            }
        }
        return Statement(
            """
            INSERT INTO \(schema).audit_event (\(names.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", "))
            FROM unnest(\(parameters)) WITH ORDINALITY AS event (\(names.joined(separator: ", ")), place)
            ORDER BY place
            """,
            columns.indices.map { column in ArrayLiteral(events.lazy.map { $0.values[column] }).text }
        )
    }

    /// Reads the newest events of those before a row: its number in the order of writing, then what
    /// ``StoredEvent/event(of:)`` reads.
    func newestEvents(before id: String?, atMost count: Int) -> Statement {
        let values = StoredEvent.columns.map { name, _ in
            switch name {
            case "began", "duration": "(extract(epoch FROM \(name)) * 1000000)::bigint"
            case "notices": "array_to_json(notices)"
            default: name
            }
        }
        return Statement(
            """
            SELECT id, \(values.joined(separator: ", "))
            FROM \(schema).audit_event WHERE id < coalesce($1::bigint, 9223372036854775807) ORDER BY id DESC LIMIT $2::bigint
            """,
            [id, "\(count)"]
        )
    }

    /// Forgets reservations that have expired and events before an end, and says how many. Where both are many, each gets
    /// half of the count. While another replica does the same it forgets nothing.
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
                ORDER BY began LIMIT $3::bigint
            ), share AS MATERIALIZED (
                SELECT least(
                    (SELECT count(*) FROM expired),
                    greatest($3::bigint - (SELECT count(*) FROM old), $3::bigint - $3::bigint / 2)
                ) AS reservations
            ), forgotten AS (
                DELETE FROM \(schema).reservation WHERE key IN (
                    SELECT key FROM expired ORDER BY expiry LIMIT (SELECT reservations FROM share)
                ) RETURNING 1
            ), dropped AS (
                DELETE FROM \(schema).audit_event WHERE id IN (
                    SELECT id FROM old ORDER BY began LIMIT $3::bigint - (SELECT reservations FROM share)
                ) RETURNING 1
            )
            SELECT (SELECT count(*) FROM forgotten) + (SELECT count(*) FROM dropped)
            """,
            [
                "\(Microseconds.since1970(now))", "\(Microseconds.since1970(end))", "\(count)",
                "identity-broker purge \(schema)",
            ]
        )
    }

    private static func literal(_ key: OneTimeKey) -> String { "\\x\(key.hexadecimal)" }

    private static func time(_ microseconds: String) -> String {
        "timestamptz 'epoch' + \(interval(microseconds))"
    }

    private static func interval(_ microseconds: String) -> String {
        "\(microseconds) * interval '1 microsecond'"
    }
}
