import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Keys that are withdrawn")
struct WithdrawalTests {
    private let bench = KeyRingBench()

    @Test("A withdrawn key is out of use here at once, and elsewhere at the next refresh")
    func withdrawal() async throws {
        let (here, there) = (bench.replica(), bench.replica())
        try await here.prepare()
        try await there.prepare()
        try await here.rotate()
        try await there.refresh()
        let old = try here.publishedIDs()
        #expect(old.count == 2)
        #expect(try await Set(here.withdraw()) == old)
        try await there.refresh()
        for keys in [here, there] {
            #expect(try keys.publishedIDs().isDisjoint(with: old) && keys.publishedIDs().count == 1)
            for id in old { #expect(try await keys.verificationKey(id) == nil) }
            #expect(keys.signingKey(for: .es256).map { !old.contains($0.id) } == true)
        }
        #expect(here.jwks == there.jwks)
        #expect(here.statuses.map(\.state) == [.signing])
    }

    @Test("After many simultaneous withdrawals, all processes have the same keys, and no old ones")
    func withdrawalRace() async throws {
        let replicas = (0..<16).map { _ in bench.replica() }
        for keys in replicas { try await keys.prepare() }
        let old = try replicas[0].publishedIDs()
        try await withThrowingTaskGroup { group in
            for keys in replicas { group.addTask { _ = try await keys.withdraw() } }
            try await group.waitForAll()
        }
        for keys in replicas { try await keys.refresh() }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        #expect(try replicas[0].publishedIDs().isDisjoint(with: old))
    }
}
