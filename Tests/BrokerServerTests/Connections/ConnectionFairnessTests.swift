import BrokerServing
import IdentityBroker
import Testing

@testable import BrokerServer

/// Silent connections have never sent a complete request; the others are served.
@Suite("The ledger of connections, with silent and served connections")
struct ConnectionFairnessTests {
    private static let alice = ConnectionPeer.network(.v4(1))
    private static let bob = ConnectionPeer.network(.v4(2))
    private static let carol = ConnectionPeer.network(.v4(3))

    private struct NotAccepted: Error {}

    /// A ledger with this many connections of each peer; those that were served are idle again.
    private func ledger(
        total: Int,
        _ held: [(peer: ConnectionPeer, count: Int, isServed: Bool)]
    ) throws -> (ledger: ConnectionLedger, owners: [ConnectionID: ConnectionPeer]) {
        var ledger = ConnectionLedger(ConnectionCapacity(total: total, perAddress: total))
        var owners: [ConnectionID: ConnectionPeer] = [:]
        for (peer, count, isServed) in held {
            for _ in 0..<count {
                guard case .accept(let id) = ledger.open(from: peer) else { throw NotAccepted() }
                owners[id] = peer
                guard isServed else { continue }
                ledger.beginRequest(on: id)
                ledger.endRequest(on: id)
            }
        }
        return (ledger, owners)
    }

    @Test("keeps an office's served connections, whoever else opens silent ones")
    func office() throws {
        let strangers = (10..<34).map { (peer: ConnectionPeer.network(.v4($0)), count: 1, isServed: false) }
        let held = try ledger(total: 40, [(Self.alice, 16, true)] + strangers)
        var ledger = held.ledger
        for number in 100..<1_100 as Range<UInt32> {
            guard case .replace(let victim, with: _, at: .total) = ledger.open(from: .network(.v4(number))) else {
                throw NotAccepted()
            }
            #expect(held.owners[victim] != Self.alice)
        }
    }

    @Test("lets silent connections take at most a quarter from served ones, from the peer that holds the most")
    func quarter() throws {
        var (ledger, owners) = try ledger(total: 40, [(Self.alice, 26, true), (Self.bob, 14, true)])
        var given: [ConnectionPeer?] = []
        for number in 100..<200 as Range<UInt32> {
            guard case .replace(let victim, with: let id, at: .total) = ledger.open(from: .network(.v4(number))) else {
                throw NotAccepted()
            }
            given.append(owners[victim])
            owners[id] = Self.carol
        }
        #expect(given.count { $0 == Self.alice } == 11 && given.count { $0 == Self.bob } == 0)
    }

    @Test("gives a newcomer time for a first request, even if all others are served connections of one peer")
    func newcomer() throws {
        var ledger = try ledger(total: 40, [(Self.alice, 20, true), (Self.bob, 20, true)]).ledger
        guard case .replace(_, with: let newcomer, at: .total) = ledger.open(from: Self.carol) else {
            throw NotAccepted()
        }
        for number in 100..<110 as Range<UInt32> {
            guard case .replace(let victim, with: _, at: .total) = ledger.open(from: .network(.v4(number))) else {
                throw NotAccepted()
            }
            #expect(victim != newcomer)
        }
    }

    @Test("closes a silent connection first at an address's limit, if more than a quarter are silent")
    func silentOfAddress() throws {
        var ledger = ConnectionLedger(ConnectionCapacity(total: 40, perAddress: 8))
        let ids = try (0..<8).map { _ in
            guard case .accept(let id) = ledger.open(from: Self.alice) else { throw NotAccepted() }
            return id
        }
        for id in ids.prefix(5) {
            ledger.beginRequest(on: id)
            ledger.endRequest(on: id)
        }
        var victims: [ConnectionID] = []
        for _ in 0..<2 {
            guard case .replace(let victim, with: let id, at: .address) = ledger.open(from: Self.alice) else {
                throw NotAccepted()
            }
            victims.append(victim)
            ledger.beginRequest(on: id)
            ledger.endRequest(on: id)
        }
        #expect(victims == [ids[5], ids[0]])
    }
}
