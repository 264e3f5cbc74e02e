import IdentityBroker

import Foundation

extension StoreStatements {
    /// The columns of a record, as ``record(of:)`` reads them.
    static let recordColumns = """
        held.kind, held.id, held.version, \(microseconds("held.expiry")), held.owners, encode(held.body, 'base64')
        """

    /// Whether a record has not expired at a time.
    static func isAlive(at now: String) -> String {
        "(held.expiry IS NULL OR held.expiry > \(now))"
    }

    func record(_ key: RecordKey, at now: Date) -> Statement {
        Statement(
            """
            SELECT \(Self.recordColumns) FROM \(schema).stored_record AS held
            WHERE kind = $1 AND id = $2 AND \(Self.isAlive(at: Self.time("$3::bigint")))
            """,
            [key.kind.rawValue, key.id.rawValue, "\(Microseconds.since1970(now))"]
        )
    }

    /// Reads a record, even an expired one.
    ///
    /// - Parameter source: A query that selects records; nil for all that are stored.
    func anyRecord(_ key: RecordKey, in source: String? = nil) -> Statement {
        Statement(
            """
            SELECT \(Self.recordColumns) FROM \(source.map { "(\($0))" } ?? "\(schema).stored_record") AS held
            WHERE kind = $1 AND id = $2
            """,
            [key.kind.rawValue, key.id.rawValue]
        )
    }

    /// Reads the records of a page.
    func records(_ selection: RecordSelection, after: RecordKey?, atMost count: Int, at now: Date) -> Statement {
        let page = ["\(Microseconds.since1970(now))", "\(count)", after?.id.rawValue ?? ""]
        let isAlive = Self.isAlive(at: Self.time("$1::bigint"))
        switch selection {
        case .all(let kind):
            return Statement(
                Self.bounded(
                    """
                    SELECT \(Self.pageColumns) FROM \(schema).stored_record AS held
                    WHERE kind = $4 AND id > $3 AND \(isAlive) ORDER BY id LIMIT $2::bigint
                    """),
                page + [kind.rawValue]
            )
        case .owned(let owner, let kind):
            let rest = kind == nil ? "(owned.kind, owned.id) > ($6, $3)" : "owned.kind = $6 AND owned.id > $3"
            return Statement(
                Self.bounded(
                    """
                    SELECT \(Self.pageColumns)
                    FROM \(schema).record_owner AS owned
                    JOIN \(schema).stored_record AS held ON held.kind = owned.kind AND held.id = owned.id
                    WHERE owned.owner_kind = $4 AND owned.owner_id = $5 AND \(rest) AND \(isAlive)
                    ORDER BY owned.kind, owned.id LIMIT $2::bigint
                    """),
                page + [owner.kind.rawValue, owner.id.rawValue, (kind ?? after?.kind)?.rawValue ?? ""]
            )
        }
    }

    private static let pageColumns = "held.kind, held.id, held.version, held.expiry, held.owners, held.body"

    /// Ends a page with the first record that exceeds its size: the server reads no body beyond that one.
    private static func bounded(_ page: String) -> String {
        """
        SELECT \(recordColumns) FROM (
            SELECT *, sum(octet_length(body)) OVER (ORDER BY kind, id ROWS UNBOUNDED PRECEDING) AS size
            FROM (
                \(page)
            ) AS page
        ) AS held
        WHERE size - octet_length(body) <= \(RecordPage.greatestSize) ORDER BY held.kind, held.id
        """
    }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func record(of row: some Collection<String?>) throws(StoreFailure) -> StoredRecord {
        let row = Array(row)
        guard row.count == 6,
            let kind = row[0].flatMap(RecordKind.init(_:)),
            let id = row[1].flatMap(RecordID.init(_:)),
            let version = row[2].flatMap({ Int($0) }),
            let owners = row[4].flatMap(RecordOwnerList.owners(in:)),
            // The server breaks its lines.
            let body = row[5].flatMap({ Data(base64Encoded: $0, options: .ignoreUnknownCharacters) })
        else {
            throw StoreFailure("A record is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return StoredRecord(
            key: RecordKey(kind: kind, id: id),
            version: version,
            expiry: row[3].flatMap { Int64($0) }.map(Microseconds.date(since1970:)),
            owners: owners,
            body: body
        )
    }
}
