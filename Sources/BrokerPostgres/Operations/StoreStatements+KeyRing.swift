import IdentityBroker

import Foundation

extension StoreStatements {
    var keyRing: Statement {
        Statement("SELECT version, encode(sealed, 'base64') FROM \(schema).key_ring WHERE id = 1")
    }

    /// - Throws: ``StoreFailure`` if someone else wrote to the table.
    func keyRing(of row: [String?]) throws(StoreFailure) -> SealedKeyRing {
        // The server breaks the Base64 into lines.
        guard row.count == 2, let version = row[0].flatMap({ Int($0) }),
            let sealed = row[1].flatMap({ Data(base64Encoded: $0, options: .ignoreUnknownCharacters) })
        else {
            throw StoreFailure("The key ring is not as a broker writes one.", mayHaveHappened: false, reason: .corrupt)
        }
        return SealedKeyRing(version: version, sealed: sealed)
    }

    /// Replaces the previous version, or inserts the first one. Returns how many rows changed.
    func replaceKeyRing(with keyRing: SealedKeyRing) -> Statement {
        Statement(
            """
            WITH replaced AS (
                INSERT INTO \(schema).key_ring AS stored (id, version, sealed)
                SELECT 1, $1::bigint, decode($2, 'base64')
                WHERE $1::bigint = 1 OR EXISTS (SELECT FROM \(schema).key_ring)
                ON CONFLICT (id) DO UPDATE SET version = excluded.version, sealed = excluded.sealed
                WHERE stored.version = excluded.version - 1
                RETURNING 1
            )
            SELECT count(*) FROM replaced
            """,
            ["\(keyRing.version)", keyRing.sealed.base64EncodedString()]
        )
    }
}
