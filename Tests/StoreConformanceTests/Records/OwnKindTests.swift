import BrokerTesting
import Foundation
import IdentityBroker
import Testing

/// What a link in an e-mail refers to.
private struct Invitation: RecordBody, Codable {
    static let recordKind: RecordKind = "invitation"
    var email: String

    /// Keeps it for a day, as long as the account that sends it exists.
    func send(as id: RecordID, by host: AccountID, in store: some BrokerStore, at now: Date) async throws -> Bool {
        let record = Record(self, id: id, owners: [.account(host)], expiry: now + 86_400)
        return try await store.commit([record.put()], at: now) == .done(consumed: [])
    }

    /// The invited person; nil for everyone but the first who accepts.
    static func accept(_ id: RecordID, in store: some BrokerStore, at now: Date) async throws -> String? {
        guard case .done(let consumed, _) = try await store.commit([.consume(key(id))], at: now) else { return nil }
        return try consumed.map { stored throws(StoreFailure) in try Record<Invitation>(stored).body.email }.first
    }
}

@Suite("A module's own kind of record")
struct OwnKindTests {
    private func check<Fixture: StoreFixture>(_ fixture: Fixture) async throws {
        let (storage, now) = (try await fixture.makeStorage(), Date(timeIntervalSince1970: 1_767_323_045))
        let store = try await fixture.open(storage)
        let (host, first, second) = (AccountID(UUID()), RecordID(UUID()), RecordID(UUID()))
        let invitation = Invitation(email: "jo@example.com")
        #expect(try await invitation.send(as: first, by: host, in: store, at: now))
        #expect(try await !invitation.send(as: first, by: host, in: store, at: now))
        #expect(try await store.record(Invitation.self, first, at: now)?.body.email == invitation.email)
        #expect(try await Invitation.accept(first, in: store, at: now) == invitation.email)
        #expect(try await Invitation.accept(first, in: store, at: now) == nil)
        #expect(try await invitation.send(as: second, by: host, in: store, at: now))
        #expect(try await store.commit([.deleteAll(ownedBy: .account(host))], at: now) == .done(consumed: []))
        #expect(try await Invitation.accept(second, in: store, at: now) == nil)
        try await store.close()
        try await fixture.remove(storage)
    }

    @Test("is kept in memory") func memory() async throws { try await check(MemoryStoreFixture()) }
    @Test("is kept by SQLite") func sqlite() async throws { try await check(SQLiteStoreFixture()) }
    @Test("is kept by PostgreSQL") func postgres() async throws { try await check(PostgresStoreFixture()) }
}
