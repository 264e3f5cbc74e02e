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
