import BrokerServing

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
/// That would cost an office whose many clients share an address its connections for those of a stranger with many addresses.
/// So a connection counts as silent until it has brought a complete request, and as served from then on, and while more than a
/// quarter of all that may be held are silent, these compete with one another alone. Below that the served ones give way, so
/// that a client with many of them cannot keep out one that has yet to send its first request.
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
        /// Whether it has ever brought a complete request.
        var isServed = false
        /// The head that is arriving, if it did not come in one go.
        var head: IncompleteRequests.Number?
    }

    private let limits: ConnectionCapacity
    private var lastNumber: UInt64 = 0
    private var connections: [ConnectionID: Connection] = [:]
    /// How many each address holds; trusted proxies are in it as one.
    private var shares: [ConnectionPeer: Int] = [:]
    private var silent = IdleConnections()
    private var served = IdleConnections()
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
    var idleCount: Int { silent.count + served.count }

    /// How many of them are active.
    var activeCount: Int { count - idleCount }

    /// How many bytes of request heads are kept that are still arriving.
    var headBytes: Int { heads.bytes }

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
        removeIdle(id, connection)
        connections[id]?.isActive = true
        connections[id]?.isServed = true
    }

    /// The answer has been written, or waits for its client to read.
    mutating func endRequest(on id: ConnectionID) {
        guard let connection = connections[id], connection.isActive else { return }
        connections[id]?.isActive = false
        served.append(id, of: connection.peer)
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
        removeIdle(id, connection)
        let count = shares[connection.peer, default: 1] - 1
        shares[connection.peer] = count == 0 ? nil : count
    }

    private func limit(met peer: ConnectionPeer) -> Limit? {
        if peer != .trustedProxy, shares[peer, default: 0] >= limits.perAddress { return .address }
        return connections.count >= limits.total ? .total : nil
    }

    private func victim(at limit: Limit, for peer: ConnectionPeer) -> ConnectionID? {
        switch limit {
        case .address:
            silent.count(of: peer) > limits.perAddress / Self.silentPart
                ? silent.oldest(of: peer) ?? served.oldest(of: peer)
                : served.oldest(of: peer) ?? silent.oldest(of: peer)
        case .total, .memory:
            (silent.strangerCount > limits.total / Self.silentPart
                ? silent.victim ?? served.victim
                : served.victim ?? silent.victim)
                ?? silent.oldest(of: .trustedProxy) ?? served.oldest(of: .trustedProxy)
        }
    }

    /// What part of the connections may be silent before they give way to others first: one in so many.
    private static let silentPart = 4

    private mutating func add(from peer: ConnectionPeer) -> ConnectionID {
        lastNumber += 1
        let id = ConnectionID(number: lastNumber)
        connections[id] = Connection(peer: peer)
        shares[peer, default: 0] += 1
        silent.append(id, of: peer)
        return id
    }

    private mutating func removeIdle(_ id: ConnectionID, _ connection: Connection) {
        guard !connection.isActive else { return }
        if connection.isServed {
            served.remove(id, of: connection.peer)
        } else {
            silent.remove(id, of: connection.peer)
        }
    }
}
