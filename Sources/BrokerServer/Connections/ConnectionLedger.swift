/// A connection's number in its listener's ledger.
struct ConnectionID: Sendable, Hashable {
    let number: UInt64
}

/// Decides which connections a listener holds, before any request is read.
///
/// A connection is active while the service works on a request that it has read completely, and idle otherwise: silent, kept for
/// another request, sending one, or not reading its answer. At a limit an idle connection makes
/// room for a new one, so that connections on which nothing happens keep nobody out. Only where all are active is the new one
/// refused.
///
/// A client that fills its address's share competes with itself alone. At the limit of all, the address that holds the most idle
/// connections gives up its oldest, so that clients who open many cost those who open one nothing. Idle connections of trusted
/// proxies are closed last: what they carry belongs to many.
///
/// Request heads that arrive slowly may take so much memory in all. With more, those that have been arriving longest end with
/// their connections. A head that is sent in one go is never among them.
struct ConnectionLedger: Sendable {
    /// Which limit a connection met.
    enum Limit: String, Sendable, CaseIterable {
        case address
        case total
        /// Of the memory for request heads that are still arriving.
        case memory
    }

    /// What becomes of a new connection.
    enum Decision: Sendable, Equatable {
        case accept(ConnectionID)
        /// Accept it, and close another one, which the ledger has already struck out.
        case replace(ConnectionID, with: ConnectionID, at: Limit)
        case refuse(Limit)
    }

    private struct Connection: Sendable {
        let peer: ConnectionPeer
        var isActive = false
        /// The head that is arriving, if it did not come in one go.
        var head: IncompleteRequests.Number?
    }

    private struct Share: Sendable {
        var count = 0
        var idle = ArrivalOrder<ConnectionID>()
    }

    private let limits: ConnectionCapacity
    private var lastNumber: UInt64 = 0
    private var connections: [ConnectionID: Connection] = [:]
    /// What each address holds; trusted proxies are in it as one.
    private var shares: [ConnectionPeer: Share] = [:]
    private var idleStrangers = ArrivalOrder<ConnectionID>()
    private var ranking = IdleRanking()
    private var heads: IncompleteRequests
    private var headOwners: [IncompleteRequests.Number: ConnectionID] = [:]

    init(_ limits: ConnectionCapacity) {
        self.limits = limits
        heads = IncompleteRequests(limit: limits.headBytes)
    }

    /// How many connections are held.
    var count: Int { connections.count }

    /// How many peers hold them.
    var peerCount: Int { shares.count }

    /// How many of them are idle.
    var idleCount: Int { idleStrangers.count + idleProxies.count }

    /// How many of them are active.
    var activeCount: Int { count - idleCount }

    /// How many bytes of request heads are kept that are still arriving.
    var headBytes: Int { heads.bytes }

    private var idleProxies: ArrivalOrder<ConnectionID> { shares[.trustedProxy]?.idle ?? ArrivalOrder() }

    /// A peer has connected. The connection is idle until a request of its is complete.
    mutating func open(from peer: ConnectionPeer) -> Decision {
        guard let limit = limit(met: peer) else { return .accept(add(from: peer)) }
        guard let victim = victim(at: limit, for: peer) else { return .refuse(limit) }
        close(victim)
        return .replace(victim, with: add(from: peer), at: limit)
    }

    /// A request has been read completely, or its client has read what it was sent of the answer.
    mutating func beginRequest(on id: ConnectionID) {
        guard let connection = connections[id], !connection.isActive else { return }
        connections[id]?.isActive = true
        removeIdle(id, of: connection.peer)
    }

    /// The answer has been written, or waits for its client to read.
    mutating func endRequest(on id: ConnectionID) {
        guard let connection = connections[id], connection.isActive else { return }
        connections[id]?.isActive = false
        appendIdle(id, of: connection.peer)
    }

    /// So many bytes of a request head have arrived that is not complete; 0 once it is.
    ///
    /// - Returns: Connections to be closed, which the ledger has already struck out.
    mutating func resizeHead(on id: ConnectionID, to bytes: Int) -> [ConnectionID] {
        guard let connection = connections[id] else { return [] }
        guard bytes > 0 else {
            endHead(on: id)
            return []
        }
        let number = connection.head ?? heads.begin()
        connections[id]?.head = number
        headOwners[number] = id
        let victims = heads.resize(number, to: bytes).compactMap { headOwners[$0] }
        for victim in victims { close(victim) }
        return victims
    }

    private mutating func endHead(on id: ConnectionID) {
        guard let number = connections[id]?.head else { return }
        connections[id]?.head = nil
        headOwners[number] = nil
        heads.end(number)
    }

    /// A connection is gone; does nothing if it was struck out before.
    mutating func close(_ id: ConnectionID) {
        endHead(on: id)
        guard let connection = connections.removeValue(forKey: id) else { return }
        removeIdle(id, of: connection.peer)
        shares[connection.peer]?.count -= 1
        if shares[connection.peer]?.count == 0 { shares[connection.peer] = nil }
    }

    private func limit(met peer: ConnectionPeer) -> Limit? {
        if peer != .trustedProxy, shares[peer]?.count ?? 0 >= limits.perAddress { return .address }
        return connections.count >= limits.total ? .total : nil
    }

    private func victim(at limit: Limit, for peer: ConnectionPeer) -> ConnectionID? {
        switch limit {
        case .address: shares[peer]?.idle.oldest
        case .total, .memory:
            ranking.greediest.flatMap { shares[$0]?.idle.oldest } ?? idleStrangers.oldest ?? idleProxies.oldest
        }
    }

    private mutating func add(from peer: ConnectionPeer) -> ConnectionID {
        lastNumber += 1
        let id = ConnectionID(number: lastNumber)
        connections[id] = Connection(peer: peer)
        shares[peer, default: Share()].count += 1
        appendIdle(id, of: peer)
        return id
    }

    private mutating func appendIdle(_ id: ConnectionID, of peer: ConnectionPeer) {
        change(peer) { $0.append(id) }
        if peer != .trustedProxy { idleStrangers.append(id) }
    }

    private mutating func removeIdle(_ id: ConnectionID, of peer: ConnectionPeer) {
        change(peer) { $0.remove(id) }
        if peer != .trustedProxy { idleStrangers.remove(id) }
    }

    private mutating func change(_ peer: ConnectionPeer, _ change: (inout ArrivalOrder<ConnectionID>) -> Void) {
        let old = shares[peer]?.idle.count ?? 0
        if shares[peer] != nil { change(&shares[peer, default: Share()].idle) }
        let new = shares[peer]?.idle.count ?? 0
        if peer != .trustedProxy, old != new { ranking.move(peer, from: old, to: new) }
    }
}
