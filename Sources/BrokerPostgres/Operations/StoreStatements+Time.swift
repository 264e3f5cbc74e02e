import IdentityBroker

import Foundation

extension StoreStatements {
    private static let timeColumns = ["believed", "highest", "behind_since", "ahead_since", "ahead_latest"]

    var storeTime: Statement {
        let columns = Self.timeColumns.map(Self.microseconds)
        return Statement("SELECT \(columns.joined(separator: ", ")) FROM \(schema).store_time WHERE id = 1")
    }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func storeTime(of row: [String?]) throws(StoreFailure) -> StoreTime {
        let times = row.map { $0.flatMap { Int64($0) }.map(Microseconds.date(since1970:)) }
        guard times.count == Self.timeColumns.count, let believed = times[0], let highest = times[1] else {
            throw StoreFailure(
                "The store's time is not as a broker writes it.", mayHaveHappened: false, reason: .corrupt)
        }
        var lead: StoreTime.Lead?
        if let since = times[3], let latest = times[4] { lead = StoreTime.Lead(since: since, latest: latest) }
        return StoreTime(believed: believed, lead: lead, highest: highest, behindSince: times[2])
    }

    /// Fails if a table is missing, or may not be read. It returns nothing of use.
    var everyTable: Statement {
        let tables = Self.rights.map { "(SELECT 1 FROM \(schema).\($0.table) LIMIT 0)" }
        return Statement("SELECT \(tables.joined(separator: ", "))")
    }

    var oldestEvent: Statement {
        Statement("SELECT \(Self.microseconds("min(began)")) FROM \(schema).audit_event")
    }

    /// Replaces the store's time if it has not changed since it was read. Returns how many rows were written.
    ///
    /// - Parameter row: The row from ``storeTime``; nil for none. It is compared as the server returned it: not every
    ///   time in the table survives a conversion to `Date`.
    func keep(_ time: StoreTime, inPlaceOf row: [String?]?) -> Statement {
        let columns = Self.timeColumns
        let values = columns.indices.map { Self.time("$\($0 + 1)::bigint") }
        let updates = columns.map { "\($0) = excluded.\($0)" }
        let comparisons = columns.enumerated().map { place, column in
            "\(Self.microseconds("stored.\(column)")) IS NOT DISTINCT FROM $\(columns.count + place + 1)::bigint"
        }
        let dates = [time.believed, time.highest, time.behindSince, time.lead?.since, time.lead?.latest]
        return Statement(
            """
            WITH kept AS (
                INSERT INTO \(schema).store_time AS stored (id, \(columns.joined(separator: ", ")))
                VALUES (1, \(values.joined(separator: ", ")))
                ON CONFLICT (id) DO UPDATE SET \(updates.joined(separator: ", "))
                WHERE \(comparisons.joined(separator: " AND "))
                RETURNING 1
            )
            SELECT count(*) FROM kept
            """,
            dates.map { $0.map { "\(Microseconds.since1970($0))" } } + (row ?? columns.map { _ in nil })
        )
    }
}
