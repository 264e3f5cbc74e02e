import BrokerServing
import IdentityBroker

/// A connection's number in its listener's ledger.
struct ConnectionID: Sendable, Hashable {
    let number: UInt64
}

/// Decides which connections a listener holds, before any request is read.
///
/// A connection is active while the service works on a completely read request, and idle otherwise: silent, kept for
/// another request, sending one, or not reading its answer. At a limit, an idle connection makes room for a new one, so
/// that unused connections keep no client out. Only if all are active is the new one refused.
///
/// A client that fills its address's share competes only with itself. A connection whose login waits for its upstream counts
/// for no address: the provider's own limits bound these, and otherwise an upstream that hangs would keep the whole service
/// from an app that signs its users in from one address. At the overall limit, the address with the most
/// idle connections gives up its oldest, so that clients that open many cannot harm those that open one. Idle
/// connections of trusted proxies are closed last, since they serve many clients.
///
/// By itself, this would let a stranger with many addresses push out an office whose many clients share one. So a
/// connection counts as silent until it has brought a complete request, and as served from then on. While more than a
/// quarter of the allowed connections are silent, these compete only with each other. Otherwise the served ones give
/// way, so that a client with many of them cannot keep out one that has yet to send its first request.
///
/// Slowly arriving request heads share a memory limit. Beyond it, those that have been arriving longest end, with their
/// connections. A head sent all at once is never among them.
struct ConnectionLedger: Sendable {
    /// Which limit a connection met.
    enum Limit: String, Sendable, CaseIterable {
        case address
        case total
        /// The memory for request heads that are still arriving.
        case memory
    }

    /// What happens to a new connection.
    enum Decision: Sendable, Equatable {
        case accept(ConnectionID)
        /// Accept it, and close another one, which the ledger has already removed.
        case replace(ConnectionID, with: ConnectionID, at: Limit)
        case refuse(Limit)
    }

    private struct Connection: Sendable {
        let peer: ConnectionPeer
        var isActive = false
        /// Whether it has ever brought a complete request.
        var isServed = false
        /// Whether its login waits for its upstream, its turn or the store.
        var isWaiting = false
        /// The arriving head, if it did not come all at once.
        var head: IncompleteRequests.Number?
    }

    private let limits: ConnectionCapacity
    private var lastNumber: UInt64 = 0
    private var connections: [ConnectionID: Connection] = [:]
    /// How many connections each address holds, without those that wait; trusted proxies count together.
    private var shares: [ConnectionPeer: Int] = [:]
    private var silent = IdleConnections()
    private var served = IdleConnections()
    private var heads: IncompleteRequests
    private var headOwners: [IncompleteRequests.Number: ConnectionID] = [:]

    init(_ limits: ConnectionCapacity) {
        self.limits = limits
        heads = IncompleteRequests(limit: limits.headBytes)
    }

    /// The number of connections.
    var count: Int { connections.count }

    /// The number of peers.
    var peerCount: Int { shares.count }

    /// The number of idle connections.
    var idleCount: Int { silent.count + served.count }

    /// The number of active connections.
    var activeCount: Int { count - idleCount }

    /// The bytes kept for request heads that are still arriving.
    var headBytes: Int { heads.bytes }

    /// Records that a peer connected. The connection is idle until it has brought a complete request.
    mutating func open(from peer: ConnectionPeer) -> Decision {
        guard let limit = limit(met: peer) else { return .accept(add(from: peer)) }
        guard let victim = victim(at: limit, for: peer) else { return .refuse(limit) }
        close(victim)
        return .replace(victim, with: add(from: peer), at: limit)
    }

    /// Records that a request has been read completely, or that its client has read what it was sent of the answer.
    mutating func beginRequest(on id: ConnectionID) {
        guard let connection = connections[id], !connection.isActive else { return }
        removeIdle(id, connection)
        connections[id]?.isActive = true
        connections[id]?.isServed = true
    }

    /// Records that the answer has been written, or waits for its client to read.
    mutating func endRequest(on id: ConnectionID) {
        guard let connection = connections[id], connection.isActive else { return }
        connections[id]?.isActive = false
        served.append(id, of: connection.peer)
    }

    /// Records that the login of a request begins to wait, or has waited.
    mutating func setWaiting(_ isWaiting: Bool, on id: ConnectionID) {
        guard let connection = connections[id], connection.isWaiting != isWaiting else { return }
        connections[id]?.isWaiting = isWaiting
        addShare(isWaiting ? -1 : 1, to: connection.peer)
    }

    /// Records how many bytes of an incomplete request head have arrived; 0 once it is complete.
    ///
    /// - Returns: Connections to close, which the ledger has already removed.
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

    /// Records that a connection is gone; does nothing if it was already removed.
    mutating func close(_ id: ConnectionID) {
        endHead(on: id)
        guard let connection = connections.removeValue(forKey: id) else { return }
        removeIdle(id, connection)
        if !connection.isWaiting { addShare(-1, to: connection.peer) }
    }

    private mutating func addShare(_ count: Int, to peer: ConnectionPeer) {
        let count = shares[peer, default: 0] + count
        shares[peer] = count == 0 ? nil : count
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

    /// Silent connections may make up one part in this many before they give way to others first.
    private static let silentPart = 4

    private mutating func add(from peer: ConnectionPeer) -> ConnectionID {
        lastNumber += 1
        let id = ConnectionID(number: lastNumber)
        connections[id] = Connection(peer: peer)
        addShare(1, to: peer)
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

/// Who holds a connection, as far as limits tell holders apart.
enum ConnectionPeer: Sendable, Hashable {
    /// A proxy in front, which holds the connections of many clients.
    case trustedProxy
    /// An address, or its IPv6 /64; nil if the socket has none.
    case network(IPAddress?)

    /// - Parameter address: The other end of the connection; nil if the socket has no address.
    init(_ address: ClientAddress?, trust: ProxyTrust) {
        guard let address else {
            self = .network(nil)
            return
        }
        self = trust.trusts(address) ? .trustedProxy : .network(address.network)
    }
}
