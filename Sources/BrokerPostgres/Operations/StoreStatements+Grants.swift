import IdentityBroker

import Foundation

extension StoreStatements {
    func grant(_ id: UUID) -> Statement {
        Statement(
            """
            SELECT account, client, provider, \(Self.microseconds("opened")), \(Self.microseconds("expiry")),
                is_revoked, version, details
            FROM \(schema).account_grant WHERE id = $1::uuid
            """,
            [id.uuidString]
        )
    }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func grant(_ id: UUID, of row: [String?]) throws(StoreFailure) -> Grant {
        guard row.count == 8,
            let account = row[0].flatMap(AccountID.init(_:)),
            let client = row[1].flatMap(StorableText.original),
            let provider = row[2].flatMap(ProviderID.init(_:)),
            let opened = row[3].flatMap({ Int64($0) }),
            let expiry = row[4].flatMap({ Int64($0) }),
            let isRevoked = row[5],
            let version = row[6].flatMap({ Int($0) }),
            let details = row[7].flatMap(StorableText.original)
        else {
            throw StoreFailure("A grant is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return Grant(
            id: id,
            account: account,
            client: client,
            provider: provider,
            opened: Microseconds.date(since1970: opened),
            expiry: Microseconds.date(since1970: expiry),
            isRevoked: isRevoked == "t",
            version: version,
            details: details
        )
    }

    /// Replaces the previous version, and writes the event if it existed. Returns how many rows were replaced.
    ///
    /// A statement that waits for another replacement of the row checks its version again afterwards.
    func replace(_ grant: Grant, recording event: StoredEvent) -> Statement {
        let arguments = Self.arguments(of: [event])
        let (id, version, isRevoked, expiry, details) = (
            "$\(arguments.count + 1)::uuid", "$\(arguments.count + 2)::bigint", "$\(arguments.count + 3)::boolean",
            "$\(arguments.count + 4)::bigint", "$\(arguments.count + 5)"
        )
        return Statement(
            """
            WITH replaced AS (
                UPDATE \(schema).account_grant
                SET version = \(version), is_revoked = \(isRevoked), expiry = \(Self.time(expiry)), details = \(details)
                WHERE id = \(id) AND version = \(version) - 1
                RETURNING 1
            ), recorded AS (
                \(insertion(where: "EXISTS (SELECT FROM replaced)"))
            )
            SELECT count(*) FROM replaced
            """,
            arguments + [
                grant.id.uuidString, "\(grant.version)", grant.isRevoked ? "t" : "f",
                "\(Microseconds.since1970(grant.expiry))", StorableText.stored(grant.details),
            ]
        )
    }
}
