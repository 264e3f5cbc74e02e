/// One kind of idle connections, oldest first: overall, and for each peer. Every operation takes constant time, except
/// as noted at ``IdleRanking``.
struct IdleConnections: Sendable {
    private var shares: [ConnectionPeer: ArrivalOrder<ConnectionID>] = [:]
    private var ofStrangers = ArrivalOrder<ConnectionID>()
    private var ranking = IdleRanking()

    /// The number of connections, without those of trusted proxies.
    var strangerCount: Int { ofStrangers.count }

    /// The number of connections in total.
    var count: Int { strangerCount + count(of: .trustedProxy) }

    /// The first to give way, never a trusted proxy's: the oldest connection of the peer that has the most, or the
    /// oldest of all if no peer has more than one.
    var victim: ConnectionID? { ranking.greediest.flatMap(oldest(of:)) ?? ofStrangers.oldest }

    /// The number of a peer's connections.
    func count(of peer: ConnectionPeer) -> Int { shares[peer]?.count ?? 0 }

    /// The peer's oldest connection.
    func oldest(of peer: ConnectionPeer) -> ConnectionID? { shares[peer]?.oldest }

    /// Adds a connection, which must not be present.
    mutating func append(_ id: ConnectionID, of peer: ConnectionPeer) {
        shares[peer, default: ArrivalOrder()].append(id)
        guard peer != .trustedProxy else { return }
        ofStrangers.append(id)
        let count = count(of: peer)
        ranking.move(peer, from: count - 1, to: count)
    }

    /// Removes a connection, if present.
    mutating func remove(_ id: ConnectionID, of peer: ConnectionPeer) {
        let old = count(of: peer)
        shares[peer]?.remove(id)
        let new = count(of: peer)
        if new == 0 { shares[peer] = nil }
        guard peer != .trustedProxy, new != old else { return }
        ofStrangers.remove(id)
        ranking.move(peer, from: old, to: new)
    }
}

/// How many idle connections each peer holds, and who holds the most. Every operation takes constant time, except
/// finding the next lower occupied rank.
struct IdleRanking: Sendable {
    /// The peers with each number of connections, in the order in which they reached it; the first rank is that of one
    /// connection.
    private var ranks: [ArrivalOrder<ConnectionPeer>] = []

    /// The peer with the most idle connections, and among equals the one that has had that many the longest; nil if no
    /// peer has more than one.
    var greediest: ConnectionPeer? { ranks.count > 1 ? ranks.last?.oldest : nil }

    /// Records that a peer's number of idle connections changed by one.
    mutating func move(_ peer: ConnectionPeer, from old: Int, to new: Int) {
        if old > 0 { ranks[old - 1].remove(peer) }
        if new > 0 {
            while ranks.count < new { ranks.append(ArrivalOrder()) }
            ranks[new - 1].append(peer)
        }
        while ranks.last?.count == 0 { ranks.removeLast() }
    }
}

/// Elements in order of arrival, such as connections that became idle, or requests that wait. Every operation takes
/// constant time.
struct ArrivalOrder<Element: Hashable & Sendable>: Sendable {
    private struct Neighbors: Sendable {
        var older: Element?
        var newer: Element?
    }

    private var neighbors: [Element: Neighbors] = [:]
    private var newest: Element?

    /// The element that arrived first.
    private(set) var oldest: Element?

    /// The number of elements.
    var count: Int { neighbors.count }

    /// Whether it contains an element.
    func contains(_ element: Element) -> Bool { neighbors[element] != nil }

    /// Adds an element, which must not be present.
    mutating func append(_ element: Element) {
        neighbors[element] = Neighbors(older: newest)
        if let newest { neighbors[newest]?.newer = element } else { oldest = element }
        newest = element
    }

    /// Removes an element, if present.
    mutating func remove(_ element: Element) {
        guard let removed = neighbors.removeValue(forKey: element) else { return }
        if let older = removed.older { neighbors[older]?.newer = removed.newer } else { oldest = removed.newer }
        if let newer = removed.newer { neighbors[newer]?.older = removed.older } else { newest = removed.older }
    }
}
