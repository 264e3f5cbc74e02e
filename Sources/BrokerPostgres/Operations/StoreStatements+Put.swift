import IdentityBroker

import Foundation

/// The records that sign-ins put.
extension StoreStatements {
    /// Puts new records, whose places are free.
    ///
    /// A commit that puts one in the same place at the same time conflicts with it, and one of both is tried again.
    func put(_ puts: [SignInPlan.Put]) -> [Statement] {
        guard !puts.isEmpty else { return [] }
        let replacing = puts.filter(\.replaces)
        let owners = Set(puts.flatMap(\.record.owners))
        return [lock(owners.map { .owner($0, isShared: true) })]
            + (replacing.isEmpty ? [] : [removeExpired(for: replacing)]) + [insert(puts)]
    }

    private func insert(_ puts: [SignInPlan.Put]) -> Statement {
        Statement(
            """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
                AS asked (kind, id, now, expiry, owners, body)
            ), put AS (
                INSERT INTO \(schema).stored_record (kind, id, version, expiry, kept, owners, body)
                SELECT kind, asked.id, 1, \(Self.time("expiry")),
                    CASE WHEN expiry IS NOT NULL
                        THEN greatest(\(Self.time("expiry")), highest + \(Self.interval("(expiry - now)"))) END,
                    owners, decode(body, 'base64')
                FROM asked LEFT JOIN \(schema).store_time AS clock ON clock.id = 1
                ORDER BY kind COLLATE "C", asked.id COLLATE "C"
            )
            INSERT INTO \(schema).record_owner (owner_kind, owner_id, kind, id)
            SELECT split_part(owner, ':', 1), substr(owner, strpos(owner, ':') + 1), kind, id
            FROM asked CROSS JOIN unnest(string_to_array(owners, ' ')) AS owner
            """,
            [
                ArrayLiteral(puts.lazy.map(\.record.key.kind.rawValue)).text,
                ArrayLiteral(puts.lazy.map(\.record.key.id.rawValue)).text,
                ArrayLiteral(puts.lazy.map { "\($0.now)" }).text,
                ArrayLiteral(puts.lazy.map { $0.record.expiry.map { "\(Microseconds.since1970($0))" } }).text,
                ArrayLiteral(puts.lazy.map { RecordOwnerList.text(of: $0.record.owners) }).text,
                ArrayLiteral(puts.lazy.map { $0.record.body.base64EncodedString() }).text,
            ]
        )
    }

    /// Removes the records in the places of others, unless they have been replaced since they were found expired.
    private func removeExpired(for puts: [SignInPlan.Put]) -> Statement {
        Statement(
            """
            DELETE FROM \(schema).stored_record AS gone USING (
                SELECT held.kind, held.id FROM (
                    SELECT kind, id, \(Self.time("now")) AS now
                    FROM unnest($1::text[], $2::text[], $3::bigint[]) AS asked (kind, id, now)
                ) AS asked
                JOIN \(schema).stored_record AS held ON held.kind = asked.kind AND held.id = asked.id
                LEFT JOIN \(schema).store_time AS clock ON clock.id = 1
                WHERE \(Self.isFree) ORDER BY held.kind, held.id FOR UPDATE OF held
            ) AS free
            WHERE gone.kind = free.kind AND gone.id = free.id
            """,
            [
                ArrayLiteral(puts.map(\.record.key.kind.rawValue)).text,
                ArrayLiteral(puts.map(\.record.key.id.rawValue)).text, ArrayLiteral(puts.map { "\($0.now)" }).text,
            ]
        )
    }

    /// Whether the id of a record is free at the caller's time, as ``CommitPlan`` decides.
    static let isFree = """
        (held.kept <= CASE WHEN now - believed > interval '1 hour' THEN believed ELSE now END) IS TRUE
        """
}
