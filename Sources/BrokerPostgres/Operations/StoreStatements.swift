import IdentityBroker

import Foundation

/// The statements of a store, for a schema.
struct StoreStatements: Sendable {
    /// The schema's name, quoted.
    let schema: String

    /// One statement decides and writes. Rows are in key order, so that transactions do not deadlock. Each is kept
    /// until its expiry, and as long by the highest time that the store has believed (``StoreTime/expiry(of:at:)``).
    /// Returns the reserved keys.
    func reserve(_ claimants: [ReservationRequest]) -> Statement {
        Statement(
            """
            INSERT INTO \(schema).reservation (key, login, reserved, expiry, is_spent)
            SELECT key, login, \(Self.time("reserved")), greatest(\(Self.time("expiry")),
                (SELECT highest FROM \(schema).store_time WHERE id = 1) + \(Self.interval("(expiry - reserved)"))), false
            FROM unnest($1::bytea[], $2::uuid[], $3::bigint[], $4::bigint[]) AS asked (key, login, reserved, expiry)
            ORDER BY key
            ON CONFLICT (key) DO NOTHING
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

    /// The keys in the first column.
    func keys(in answer: ResultRows) -> Set<OneTimeKey> {
        Set(answer.rows.compactMap { row in row.first.flatMap(\.self).flatMap(OneTimeKey.init(hexadecimal:)) })
    }

    /// Settles the reservations that their logins still hold. First locks the rows in key order.
    func settle(_ settlements: [PendingOperation.Settlement]) -> Statement {
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
        Statement(insertion(), Self.arguments(of: events))
    }

    /// Inserts events, whose arguments come first.
    ///
    /// - Parameter condition: The condition for it.
    func insertion(where condition: String = "true") -> String {
        let highest = "(SELECT highest FROM \(schema).store_time WHERE id = 1)"
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
        return """
            INSERT INTO \(schema).audit_event (\(names.joined(separator: ", ")), recorded)
            SELECT \(values.joined(separator: ", ")),
                CASE WHEN \(highest) - interval '1 hour' > \(Self.time("began")) THEN \(highest) END
            FROM unnest(\(parameters)) WITH ORDINALITY AS event (\(names.joined(separator: ", ")), place)
            WHERE \(condition) ORDER BY place
            """
    }

    /// The columns of events, each as an array.
    static func arguments(of events: [StoredEvent]) -> [String?] {
        StoredEvent.columns.indices.map { column in ArrayLiteral(events.lazy.map { $0.values[column] }).text }
    }

    /// Reads the newest events before a row: the number in the order of writing, then what ``StoredEvent/event(of:)``
    /// reads.
    func newestEvents(before id: String?, atMost count: Int) -> Statement {
        let values = StoredEvent.columns.map { name, _ in
            switch name {
            case "began", "duration": Self.microseconds(name)
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

    private static func literal(_ key: OneTimeKey) -> String { "\\x\(key.hexadecimal)" }

    static func time(_ microseconds: String) -> String {
        "timestamptz 'epoch' + \(interval(microseconds))"
    }

    static func interval(_ microseconds: String) -> String {
        "\(microseconds) * interval '1 microsecond'"
    }

    /// A time or an interval in microseconds.
    static func microseconds(_ column: String) -> String {
        "(extract(epoch FROM \(column)) * 1000000)::bigint"
    }
}
