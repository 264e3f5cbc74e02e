import BrokerServing
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The ledger of connections")
struct ConnectionLedgerTests {
    private static let alice = ConnectionPeer.network(.v4(1))
    private static let bob = ConnectionPeer.network(.v4(2))
    private static let carol = ConnectionPeer.network(.v4(3))
    private static let proxy = ConnectionPeer.trustedProxy

    private var ledger = ConnectionLedger(ConnectionCapacity(total: 4, perAddress: 2))

    /// Opens a connection that must be accepted without another one giving way.
    private mutating func accepted(from peer: ConnectionPeer) throws -> ConnectionID {
        guard case .accept(let id) = ledger.open(from: peer) else { throw NotAccepted() }
        return id
    }

    private struct NotAccepted: Error {}

    /// The connection that gives way to a new one, and the limit that was reached.
    private mutating func victim(of peer: ConnectionPeer) -> (ConnectionID, ConnectionLedger.Limit)? {
        guard case .replace(let victim, with: _, at: let limit) = ledger.open(from: peer) else { return nil }
        return (victim, limit)
    }

    @Test("accepts what its limits allow, and counts it as idle")
    mutating func open() throws {
        _ = try accepted(from: Self.alice)
        _ = try accepted(from: Self.alice)
        _ = try accepted(from: Self.bob)
        #expect((ledger.count, ledger.idleCount, ledger.activeCount) == (3, 3, 0))
    }

    @Test("counts a connection as active from a complete request to its answer")
    mutating func active() throws {
        let id = try accepted(from: Self.alice)
        ledger.beginRequest(on: id)
        ledger.beginRequest(on: id)
        #expect((ledger.idleCount, ledger.activeCount) == (0, 1))
        ledger.endRequest(on: id)
        ledger.endRequest(on: id)
        #expect((ledger.idleCount, ledger.activeCount) == (1, 0))
    }

    @Test("drops a closed connection, active or idle, once")
    mutating func close() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        ledger.beginRequest(on: first)
        for id in [first, first, second, second] { ledger.close(id) }
        #expect((ledger.count, ledger.idleCount, ledger.activeCount) == (0, 0, 0))
        ledger.beginRequest(on: first)
        ledger.endRequest(on: first)
        #expect(ledger.count == 0)
    }

    @Test("closes an address's own oldest idle connection at the address's limit")
    mutating func addressLimit() throws {
        _ = try accepted(from: Self.bob)
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        var replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (first, .address))
        replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (second, .address))
        #expect(ledger.count == 3)
    }

    @Test("closes the connection that was active longest ago")
    mutating func order() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        ledger.beginRequest(on: first)
        ledger.endRequest(on: first)
        let replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (second, .address))
    }

    @Test("refuses a connection at the address's limit if all of the address's are active")
    mutating func addressRefusal() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        ledger.beginRequest(on: first)
        ledger.beginRequest(on: second)
        #expect(ledger.open(from: Self.alice) == .refuse(.address))
        #expect(ledger.count == 2)
        _ = try accepted(from: Self.bob)
        ledger.endRequest(on: second)
        let replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (second, .address))
    }

    @Test("counts no connection whose login waits against its address")
    mutating func waiting() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        for id in [first, second] {
            ledger.beginRequest(on: id)
            ledger.setWaiting(true, on: id)
            ledger.setWaiting(true, on: id)
        }
        let third = try accepted(from: Self.alice)
        ledger.beginRequest(on: third)
        ledger.close(first)
        ledger.setWaiting(false, on: second)
        ledger.setWaiting(false, on: second)
        #expect(ledger.open(from: Self.alice) == .refuse(.address))
        ledger.close(second)
        _ = try accepted(from: Self.alice)
        #expect((ledger.count, ledger.peerCount) == (2, 1))
    }

    @Test("closes the oldest idle connection at the overall limit, if no address has more than one")
    mutating func totalLimit() throws {
        var ledger = ConnectionLedger(ConnectionCapacity(total: 3, perAddress: 2))
        let ids = try [Self.alice, Self.bob, Self.carol].map { peer in
            guard case .accept(let id) = ledger.open(from: peer) else { throw NotAccepted() }
            return id
        }
        ledger.beginRequest(on: ids[0])
        ledger.endRequest(on: ids[0])
        guard case .replace(let victim, with: _, at: .total) = ledger.open(from: .network(.v4(4))) else {
            throw NotAccepted()
        }
        #expect(victim == ids[1])
        #expect(ledger.count == 3)
    }

    @Test("closes connections of the largest holders at the overall limit, never of an address with one")
    func fairness() throws {
        var ledger = ConnectionLedger(ConnectionCapacity(total: 12, perAddress: 5))
        var owners: [ConnectionID: ConnectionPeer] = [:]
        func open(from peer: ConnectionPeer) -> ConnectionPeer? {
            switch ledger.open(from: peer) {
            case .accept(let id):
                owners[id] = peer
                return nil
            case .replace(let victim, with: let id, at: _):
                owners[id] = peer
                return owners.removeValue(forKey: victim)
            case .refuse: return nil
            }
        }
        let honest = (10..<14).map { ConnectionPeer.network(.v4($0)) }
        for peer in honest { #expect(open(from: peer) == nil) }
        // Two addresses keep opening connections, and only affect each other.
        for number in 0..<1_000 {
            let victim = open(from: number.isMultiple(of: 2) ? Self.alice : Self.bob)
            #expect(victim == nil || victim == Self.alice || victim == Self.bob)
        }
        // New peers take from them.
        for number in 20..<23 as Range<UInt32> {
            let victim = open(from: .network(.v4(number)))
            #expect(victim == Self.alice || victim == Self.bob)
        }
        #expect(honest.allSatisfy { peer in owners.values.contains(peer) })
        #expect(ledger.count == 12)
    }

    @Test("spares active connections, whoever holds the most")
    func fairnessToActive() throws {
        var ledger = ConnectionLedger(ConnectionCapacity(total: 4, perAddress: 4))
        var ids: [ConnectionID] = []
        for peer in [Self.alice, Self.alice, Self.alice, Self.bob] {
            guard case .accept(let id) = ledger.open(from: peer) else { throw NotAccepted() }
            ids.append(id)
        }
        for id in ids.prefix(3) { ledger.beginRequest(on: id) }
        guard case .replace(let victim, with: _, at: .total) = ledger.open(from: Self.carol) else {
            throw NotAccepted()
        }
        #expect(victim == ids[3])
    }

    @Test("refuses a connection at the overall limit if all are active, and frees closed ones")
    mutating func totalRefusal() throws {
        var ids: [ConnectionID] = []
        for peer in [Self.alice, Self.alice, Self.bob, Self.bob] { ids.append(try accepted(from: peer)) }
        for id in ids { ledger.beginRequest(on: id) }
        #expect(ledger.open(from: Self.carol) == .refuse(.total))
        ledger.close(ids[0])
        _ = try accepted(from: Self.carol)
    }

    @Test("lets a trusted proxy hold any number up to the overall limit, and closes its idle ones last")
    mutating func proxies() throws {
        let first = try accepted(from: Self.proxy)
        _ = try accepted(from: Self.proxy)
        _ = try accepted(from: Self.proxy)
        let stranger = try accepted(from: Self.alice)
        var replaced = try #require(victim(of: Self.proxy))
        #expect(replaced == (stranger, .total))
        replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (first, .total))
    }

    @Test("closes the connections whose heads have been arriving longest, if heads use too much memory")
    func heads() throws {
        var ledger = ConnectionLedger(ConnectionCapacity(total: 10, perAddress: 10, headBytes: 100))
        let ids = try (0..<5).map { _ in
            guard case .accept(let id) = ledger.open(from: Self.alice) else { throw CancellationError() }
            return id
        }
        #expect(ledger.resizeHead(on: ids[0], to: 1) == [])
        #expect(ledger.resizeHead(on: ids[1], to: 40) == [])
        #expect(ledger.resizeHead(on: ids[2], to: 40) == [])
        #expect(ledger.resizeHead(on: ids[0], to: 20) == [] && ledger.headBytes == 100)
        // A complete head no longer takes anything.
        #expect(ledger.resizeHead(on: ids[1], to: 0) == [] && ledger.headBytes == 60)
        #expect(ledger.resizeHead(on: ids[1], to: 40) == [])
        #expect(ledger.resizeHead(on: ids[3], to: 50) == [ids[0], ids[2]])
        #expect(ledger.count == 3 && ledger.headBytes == 90)
        #expect(ledger.resizeHead(on: ids[0], to: 50) == [])
        ledger.close(ids[1])
        ledger.close(ids[3])
        #expect(ledger.count == 1 && ledger.headBytes == 0)
        #expect(ledger.resizeHead(on: ids[4], to: 100) == [])
    }

    @Test("drops addresses without connections")
    mutating func forgetting() {
        for number in 0..<10_000 {
            guard case .accept(let id) = ledger.open(from: .network(.v4(UInt32(number)))) else {
                Issue.record("Not accepted")
                return
            }
            ledger.close(id)
        }
        #expect(ledger.peerCount == 0)
    }
}
