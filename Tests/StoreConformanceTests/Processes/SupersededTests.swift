import BrokerTesting
import Foundation
import IdentityBroker
import Testing
import broker_probe

@Suite("A broker that runs while a newer version migrates its store")
struct SupersededTests {
    @Test("refuses logins as unavailable, and sends and writes nothing", arguments: processStores)
    func login(_ fixture: any ProcessStoreFixture) async throws {
        try await check(fixture)
    }

    private func check<Fixture: ProcessStoreFixture>(_ fixture: Fixture) async throws {
        let storage = try await fixture.makeStorage()
        let choice = fixture.choice(for: storage)
        try await TicketOffice.open { office in
            let (store, lines) = (try choice.open(), Locked<[ProbeLine]>([]))
            let report: @Sendable (ProbeLine) -> Void = { line in lines.withLock { $0.append(line) } }
            try await office.logins(["ticket-1"]).run(on: store, report)
            try await fixture.supersede(storage)
            try await office.logins(["ticket-2"]).run(on: store, report)
            try await office.logins(["ticket-3"], leadToAccounts: true).run(on: store, report)
            #expect(lines.withLock({ $0.answers }).map(\.failure) == [nil, "unavailable", "unavailable"])
            #expect(office.presentations == ["ticket-1": 1])
            let failure = await #expect(throws: StoreFailure.self) {
                try await store.believedTime(at: Date(timeIntervalSince1970: 1_767_323_045))
            }
            #expect(failure?.reason == .superseded)
            try await store.close()
            await #expect(throws: (any Error).self) { try await choice.open().prepare() }
        }
        try await fixture.remove(storage)
    }
}
