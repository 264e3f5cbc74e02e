import Foundation

/// The rules of grants as a value: each changes one version at a time, and is forgotten once it has expired.
struct GrantLedger: Sendable {
    private let capacity: Int
    private var grants: [UUID: Grant] = [:]
    private var expiries = ExpiryQueue<UUID>()

    init(capacity: Int) {
        self.capacity = capacity
    }

    var isFull: Bool { grants.count >= capacity }

    subscript(id: UUID) -> Grant? { grants[id] }

    mutating func open(_ grant: Grant) {
        grants[grant.id] = grant
        expiries.insert(grant.id, at: grant.expiry)
    }

    /// - Returns: Whether the stored version was the previous one.
    mutating func replace(_ grant: Grant) -> Bool {
        guard var stored = grants[grant.id], stored.version == grant.version - 1 else { return false }
        stored.version = grant.version
        stored.isRevoked = grant.isRevoked
        stored.expiry = grant.expiry
        stored.details = grant.details
        grants[grant.id] = stored
        expiries.insert(grant.id, at: grant.expiry)
        return true
    }

    /// Removes at most this many expired grants, and returns how many it removed.
    mutating func purge(at now: Date, atMost count: Int) -> Int {
        var purged = 0
        while purged < count, let (id, expiry) = expiries.popFirst(notAfter: now) {
            // A grant whose expiry changed is queued more than once; only the entry with its current expiry counts.
            guard grants[id]?.expiry == expiry else { continue }
            grants[id] = nil
            purged += 1
        }
        // A grant that is renewed often leaves stale entries.
        if expiries.count > 2 * grants.count + 1_000 {
            expiries = ExpiryQueue(grants.map { ($0.key, $0.value.expiry) })
        }
        return purged
    }
}
