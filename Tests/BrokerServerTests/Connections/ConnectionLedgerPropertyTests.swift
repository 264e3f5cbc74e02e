import BrokerServing
import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The ledger of connections, compared with a naive one")
struct ConnectionLedgerPropertyTests {
    private typealias Held = (id: ConnectionID, peer: ConnectionPeer, isActive: Bool, isServed: Bool)

    private static let strangers = (1...3).map { ConnectionPeer.network(.v4($0)) }
    private static let capacity = ConnectionCapacity(total: 8, perAddress: 4)

    /// The connection that has been idle the longest, if any is idle.
    private static func oldest(of connections: [Held]) -> [ConnectionID] {
        connections.first { !$0.isActive }.map { [$0.id] } ?? []
    }

    /// The connections of one kind that may give way: the oldest of the peers with the most if one has more than one,
    /// otherwise the oldest.
    private static func victims(of connections: [Held]) -> [ConnectionID] {
        let idle = strangers.map { peer in connections.filter { $0.peer == peer && !$0.isActive } }
        let most = idle.map(\.count).max() ?? 0
        return most > 1
            ? idle.filter { $0.count == most }.flatMap { oldest(of: $0) }
            : oldest(of: connections.filter { $0.peer != .trustedProxy })
    }

    /// The connections that may give way at a limit: silent ones if they exceed a quarter of it, otherwise served ones;
    /// if there are none, those of the other kind.
    private static func victims(
        in model: [Held], limit: Int, by victims: ([Held]) -> [ConnectionID]
    ) -> [ConnectionID] {
        let (silent, served) = (model.filter { !$0.isServed }, model.filter(\.isServed))
        let silentCount = silent.count { $0.peer != .trustedProxy && !$0.isActive }
        let sorts = silentCount > limit / 4 ? [silent, served] : [served, silent]
        return sorts.map(victims).first { !$0.isEmpty } ?? []
    }

    private static func victims(in model: [Held], for peer: ConnectionPeer, isAtAddressLimit: Bool) -> [ConnectionID] {
        if isAtAddressLimit {
            return victims(in: model.filter { $0.peer == peer }, limit: capacity.perAddress, by: oldest)
        }
        let ofStrangers = victims(in: model, limit: capacity.total, by: victims(of:))
        guard ofStrangers.isEmpty else { return ofStrangers }
        let ofProxies = model.filter { $0.peer == .trustedProxy }
        let silent = oldest(of: ofProxies.filter { !$0.isServed })
        return silent.isEmpty ? oldest(of: ofProxies) : silent
    }

    @Test("never exceeds its limits, and always closes the right connection, whatever happens")
    func anything() {
        var generator = SeededGenerator(seed: 1)
        var ledger = ConnectionLedger(Self.capacity)
        /// The connections held, oldest idle first.
        var model: [Held] = []
        let peers = Self.strangers + [.trustedProxy]
        for _ in 0..<20_000 {
            let index = model.indices.randomElement(using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2:
                let peer = peers.randomElement(using: &generator) ?? .trustedProxy
                let own = model.filter { $0.peer == peer }
                let isAtAddressLimit = peer != .trustedProxy && own.count == Self.capacity.perAddress
                let expected = Self.victims(in: model, for: peer, isAtAddressLimit: isAtAddressLimit)
                switch ledger.open(from: peer) {
                case .accept(let id):
                    #expect(!isAtAddressLimit && model.count < Self.capacity.total)
                    model.append((id, peer, false, false))
                case .replace(let victim, with: let id, at: let limit):
                    #expect(expected.contains(victim))
                    #expect(limit == (isAtAddressLimit ? .address : .total))
                    #expect(isAtAddressLimit || model.count == Self.capacity.total)
                    model.removeAll { $0.id == victim }
                    model.append((id, peer, false, false))
                case .refuse(let limit):
                    #expect(expected.isEmpty)
                    #expect(limit == (isAtAddressLimit ? .address : .total))
                }
            case 3:
                guard let index else { continue }
                ledger.beginRequest(on: model[index].id)
                model[index].isActive = true
                model[index].isServed = true
            case 4:
                guard let index, model[index].isActive else { continue }
                ledger.endRequest(on: model[index].id)
                let connection = model.remove(at: index)
                model.append((connection.id, connection.peer, false, connection.isServed))
            default:
                guard let index else { continue }
                ledger.close(model.remove(at: index).id)
            }
            #expect(ledger.count == model.count)
            #expect(ledger.activeCount == model.count { $0.isActive })
        }
    }
}
