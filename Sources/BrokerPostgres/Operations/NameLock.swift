import IdentityBroker

/// A lock on a name, until the end of a transaction.
struct NameLock: Sendable {
    let name: String
    /// Whether other transactions may have it at the same time, if they share it as well.
    let isShared: Bool

    static func record(_ key: RecordKey, isShared: Bool) -> NameLock {
        NameLock(name: "record \(key.kind) \(key.id.rawValue)", isShared: isShared)
    }

    /// Many owners have the same lock: a server has room for some thousands in all, and one transaction may put records of
    /// hundreds of owners.
    static func owner(_ owner: RecordOwner, isShared: Bool) -> NameLock {
        // FNV-1a: all processes must agree.
        let text = "\(owner.kind) \(owner.id.rawValue)"
        let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return NameLock(name: "owners \(hash % ownerLocks)", isShared: isShared)
    }

    private static let ownerLocks: UInt64 = 128
}

extension StoreStatements {
    /// Takes locks, in an order that is the same for all transactions.
    func lock(_ wanted: [NameLock]) -> Statement {
        Statement(
            """
            SELECT CASE WHEN is_shared THEN pg_advisory_xact_lock_shared(lock) ELSE pg_advisory_xact_lock(lock) END
            FROM (
                SELECT hashtextextended($1 || name, 0) AS lock, bool_and(is_shared) AS is_shared
                FROM unnest($2::text[], $3::boolean[]) AS wanted (name, is_shared) GROUP BY lock ORDER BY lock
            ) AS locks
            """,
            [
                "identity-broker \(schema) ", ArrayLiteral(wanted.map { $0.name }).text,
                ArrayLiteral(wanted.map { $0.isShared ? "t" : "f" }).text,
            ]
        )
    }
}
