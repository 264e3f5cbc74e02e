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
