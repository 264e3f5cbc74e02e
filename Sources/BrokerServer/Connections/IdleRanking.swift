/// How many idle connections each peer holds, and who holds the most. Every operation takes constant time, but for the search of
/// the next lower rank that somebody has.
struct IdleRanking: Sendable {
    /// The peers with so many idle connections, in the order in which they came to it; the first rank is that of one.
    private var ranks: [ArrivalOrder<ConnectionPeer>] = []

    /// Of those with the most idle connections the one who has had so many the longest; nil if nobody has more than one.
    var greediest: ConnectionPeer? { ranks.count > 1 ? ranks.last?.oldest : nil }

    /// A peer's number of idle connections has changed by one.
    mutating func move(_ peer: ConnectionPeer, from old: Int, to new: Int) {
        if old > 0 { ranks[old - 1].remove(peer) }
        if new > 0 {
            while ranks.count < new { ranks.append(ArrivalOrder()) }
            ranks[new - 1].append(peer)
        }
        while ranks.last?.count == 0 { ranks.removeLast() }
    }
}
