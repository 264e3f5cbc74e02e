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

    /// The connection that gives way to a new one, and the limit that it was met at.
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

    @Test("forgets a connection that is gone, active or idle, once")
    mutating func close() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        ledger.beginRequest(on: first)
        for id in [first, first, second, second] { ledger.close(id) }
        #expect((ledger.count, ledger.idleCount, ledger.activeCount) == (0, 0, 0))
        ledger.beginRequest(on: first)
        ledger.endRequest(on: first)
        #expect(ledger.count == 0)
    }

    @Test("has an address's own oldest idle connection give way at the address's limit")
    mutating func addressLimit() throws {
        _ = try accepted(from: Self.bob)
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        var replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (first, .address))
        replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (second, .address))
        #expect(ledger.count == 3)
    }

    @Test("has the connection give way that was active longest ago")
    mutating func order() throws {
        let (first, second) = (try accepted(from: Self.alice), try accepted(from: Self.alice))
        ledger.beginRequest(on: first)
        ledger.endRequest(on: first)
        let replaced = try #require(victim(of: Self.alice))
        #expect(replaced == (second, .address))
    }

    @Test("refuses a connection at the address's limit where all of the address's are active")
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

    @Test("has the oldest idle connection of all give way at the limit of all")
    mutating func totalLimit() throws {
        let first = try accepted(from: Self.alice)
        let second = try accepted(from: Self.bob)
        _ = try accepted(from: Self.alice)
        _ = try accepted(from: Self.bob)
        var replaced = try #require(victim(of: Self.carol))
        #expect(replaced == (first, .total))
        replaced = try #require(victim(of: Self.carol))
        #expect(replaced == (second, .total))
        #expect(ledger.count == 4)
    }

    @Test("refuses a connection at the limit of all where all are active, and frees what is gone")
    mutating func totalRefusal() throws {
        var ids: [ConnectionID] = []
        for peer in [Self.alice, Self.alice, Self.bob, Self.bob] { ids.append(try accepted(from: peer)) }
        for id in ids { ledger.beginRequest(on: id) }
        #expect(ledger.open(from: Self.carol) == .refuse(.total))
        ledger.close(ids[0])
        _ = try accepted(from: Self.carol)
    }

    @Test("lets a trusted proxy hold any number up to the limit of all, and closes its idle ones last")
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

    @Test("has the connections give way whose heads have been arriving longest, where heads take too much memory")
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
        // One that is complete takes nothing any more.
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

    @Test("forgets addresses that hold nothing any more")
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

    @Test("never holds more than it may, and always has the right connection give way, whatever happens")
    mutating func anything() {
        var generator = SystemRandomNumberGenerator()
        /// What is held: oldest idle first.
        var model: [(id: ConnectionID, peer: ConnectionPeer, isActive: Bool)] = []
        let peers = [Self.alice, Self.bob, Self.carol, Self.proxy]
        for _ in 0..<20_000 {
            let index = model.indices.randomElement(using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2:
                let peer = peers.randomElement(using: &generator) ?? Self.alice
                let own = model.filter { $0.peer == peer }
                let isAtAddressLimit = peer != Self.proxy && own.count == 2
                let candidates =
                    isAtAddressLimit
                    ? own : model.filter { $0.peer != Self.proxy } + model.filter { $0.peer == Self.proxy }
                let expected = candidates.first { !$0.isActive }?.id
                switch ledger.open(from: peer) {
                case .accept(let id):
                    #expect(!isAtAddressLimit && model.count < 4)
                    model.append((id, peer, false))
                case .replace(let victim, with: let id, at: let limit):
                    #expect(victim == expected)
                    #expect(limit == (isAtAddressLimit ? .address : .total))
                    #expect(isAtAddressLimit || model.count == 4)
                    model.removeAll { $0.id == victim }
                    model.append((id, peer, false))
                case .refuse(let limit):
                    #expect(expected == nil)
                    #expect(limit == (isAtAddressLimit ? .address : .total))
                }
            case 3:
                guard let index else { continue }
                ledger.beginRequest(on: model[index].id)
                model[index].isActive = true
            case 4:
                guard let index, model[index].isActive else { continue }
                ledger.endRequest(on: model[index].id)
                let connection = model.remove(at: index)
                model.append((connection.id, connection.peer, false))
            default:
                guard let index else { continue }
                ledger.close(model.remove(at: index).id)
            }
            #expect(ledger.count == model.count)
            #expect(ledger.activeCount == model.count { $0.isActive })
        }
    }
}
