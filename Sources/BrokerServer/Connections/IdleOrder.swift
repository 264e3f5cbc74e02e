/// Idle connections, in the order in which they became idle. Every operation takes constant time.
struct IdleOrder: Sendable {
    private struct Neighbors: Sendable {
        var older: ConnectionID?
        var newer: ConnectionID?
    }

    private var neighbors: [ConnectionID: Neighbors] = [:]
    private var newest: ConnectionID?

    /// The connection that has been idle longest.
    private(set) var oldest: ConnectionID?

    /// How many there are.
    var count: Int { neighbors.count }

    /// Adds a connection that becomes idle now. It must not be there already.
    mutating func append(_ id: ConnectionID) {
        neighbors[id] = Neighbors(older: newest)
        if let newest { neighbors[newest]?.newer = id } else { oldest = id }
        newest = id
    }

    /// Removes a connection; does nothing if it is not there.
    mutating func remove(_ id: ConnectionID) {
        guard let removed = neighbors.removeValue(forKey: id) else { return }
        if let older = removed.older { neighbors[older]?.newer = removed.newer } else { oldest = removed.newer }
        if let newer = removed.newer { neighbors[newer]?.older = removed.older } else { newest = removed.older }
    }
}
