import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The ledger of connections, beside a naive one")
struct ConnectionLedgerPropertyTests {
    private typealias Held = (id: ConnectionID, peer: ConnectionPeer, isActive: Bool)

    private static let strangers = (1...3).map { ConnectionPeer.network(.v4($0)) }

    /// The connection that has been idle longest of those that are idle, if any is.
    private static func oldest(of connections: [Held]) -> [ConnectionID] {
        connections.first { !$0.isActive }.map { [$0.id] } ?? []
    }

    /// The connections that may give way at the limit of all: the oldest of whoever holds the most, where somebody holds more than
    /// one; else the oldest of any stranger, and a proxy's only where no stranger has one.
    private static func victims(in model: [Held]) -> [ConnectionID] {
        let idle = strangers.map { peer in model.filter { $0.peer == peer && !$0.isActive } }
        let most = idle.map(\.count).max() ?? 0
        switch most {
        case 0: return oldest(of: model)
        case 1: return oldest(of: model.filter { $0.peer != .trustedProxy })
        default: return idle.filter { $0.count == most }.flatMap { oldest(of: $0) }
        }
    }

    @Test("never holds more than it may, and always has the right connection give way, whatever happens")
    func anything() {
        var generator = SeededGenerator(seed: 1)
        var ledger = ConnectionLedger(ConnectionCapacity(total: 4, perAddress: 2))
        /// What is held: oldest idle first.
        var model: [Held] = []
        let peers = Self.strangers + [.trustedProxy]
        for _ in 0..<20_000 {
            let index = model.indices.randomElement(using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2:
                let peer = peers.randomElement(using: &generator) ?? .trustedProxy
                let own = model.filter { $0.peer == peer }
                let isAtAddressLimit = peer != .trustedProxy && own.count == 2
                let expected = isAtAddressLimit ? Self.oldest(of: own) : Self.victims(in: model)
                switch ledger.open(from: peer) {
                case .accept(let id):
                    #expect(!isAtAddressLimit && model.count < 4)
                    model.append((id, peer, false))
                case .replace(let victim, with: let id, at: let limit):
                    #expect(expected.contains(victim))
                    #expect(limit == (isAtAddressLimit ? .address : .total))
                    #expect(isAtAddressLimit || model.count == 4)
                    model.removeAll { $0.id == victim }
                    model.append((id, peer, false))
                case .refuse(let limit):
                    #expect(expected.isEmpty)
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
