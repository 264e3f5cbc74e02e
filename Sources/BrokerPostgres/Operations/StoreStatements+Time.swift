import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StoreStatements {
    var storeTime: Statement {
        let columns = ["believed", "ahead_since", "ahead_latest"].map(Self.microseconds)
        return Statement("SELECT \(columns.joined(separator: ", ")) FROM \(schema).store_time WHERE id = 1")
    }

    /// - Throws: ``StoreFailure`` where somebody else wrote to the table.
    func storeTime(of row: [String?]) throws(StoreFailure) -> StoreTime {
        let times = row.map { $0.flatMap { Int64($0) }.map(Microseconds.date(since1970:)) }
        guard times.count == 3, let believed = times[0] else {
            throw StoreFailure(
                "The store's time is not as a broker writes it.", mayHaveHappened: false, reason: .corrupt)
        }
        guard let since = times[1], let latest = times[2] else { return StoreTime(believed: believed) }
        return StoreTime(believed: believed, lead: StoreTime.Lead(since: since, latest: latest))
    }

    var oldestEvent: Statement {
        Statement("SELECT \(Self.microseconds("min(began)")) FROM \(schema).audit_event")
    }

    /// Replaces the store's time if it is still as it was read, nil for none. It says how many rows were written.
    func keep(_ time: StoreTime, inPlaceOf read: StoreTime?) -> Statement {
        Statement(
            """
            WITH kept AS (
                INSERT INTO \(schema).store_time AS stored (id, believed, ahead_since, ahead_latest)
                VALUES (1, \(Self.time("$1::bigint")), \(Self.time("$2::bigint")), \(Self.time("$3::bigint")))
                ON CONFLICT (id) DO UPDATE SET believed = excluded.believed,
                    ahead_since = excluded.ahead_since, ahead_latest = excluded.ahead_latest
                WHERE stored.believed = \(Self.time("$4::bigint"))
                    AND stored.ahead_since IS NOT DISTINCT FROM \(Self.time("$5::bigint"))
                    AND stored.ahead_latest IS NOT DISTINCT FROM \(Self.time("$6::bigint"))
                RETURNING 1
            )
            SELECT count(*) FROM kept
            """,
            [time, read].flatMap { time in
                [time?.believed, time?.lead?.since, time?.lead?.latest].map { date in
                    date.map { "\(Microseconds.since1970($0))" }
                }
            }
        )
    }
}
