import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A store of an earlier version, opened by this one", .serialized)
struct EarlierStoreTests {
    @Test("is there for every schema from the fourth to the present one", arguments: EarlierStore.Kind.allCases)
    func snapshots(_ kind: EarlierStore.Kind) {
        let schemas = EarlierStore.all.filter { $0.kind == kind }.map(\.schema)
        #expect(schemas == Array(4...kind.migrationCount), "Take one, as Snapshots/README.md shows.")
    }

    /// Opens it a few minutes after it was written.
    private func open(
        _ earlier: EarlierStore,
        encryptionKey: Secret? = nil,
        _ body: (EarlierBroker, TokenService, EarlierContents) async throws -> Void
    ) async throws {
        let contents = try earlier.contents
        try await earlier.withCopy { store in
            let broker = try EarlierBroker(over: store, at: EarlierBroker.written.addingTimeInterval(300))
            try await broker.keys.prepare()
            try await body(broker, broker.service(), contents)
        }
    }

    @Test("finds the account of everyone who signs in again", arguments: EarlierStore.all)
    func accounts(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, service, contents async throws in
            #expect(contents.people.map(\.subject) == ["ada", "bob", "cy", "dee"])
            for person in contents.people {
                let id = try #require(AccountID(person.account))
                let identity = try #require(try await broker.store.account(id)?.identities.first)
                #expect(identity.key.subject == person.subject)
                #expect(identity.claims == person.claims)
                #expect(identity.firstLogin == person.firstLogin && identity.lastLogin == person.lastLogin)
                #expect(try await broker.signIn("\(person.subject)-9", through: service).account == id)
            }
            let stranger = try await broker.signIn("eve-1", through: service).account.description
            #expect(!contents.people.map(\.account).contains(stranger))
        }
    }

    @Test("reads and replaces grants, and accepts none that has ended", arguments: EarlierStore.all)
    func grants(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, service, contents async throws in
            #expect(contents.grants.count == 6)
            for expected in contents.grants {
                let grant = try #require(try await broker.grant(expected.id))
                #expect(EarlierContents.GrantCopy(grant) == expected)
                // A new version of the broker writes the same.
                let bytes = try await broker.store.record(Grant.key(RecordID(expected.id)), at: .distantPast)?.body
                #expect(bytes == grant.grant.recordBody())
                let owner = try RecordOwner.account(#require(AccountID(expected.account)))
                let owned = try await broker.store.records(
                    .owned(by: owner, kind: Grant.recordKind), after: nil, atMost: 10, at: .distantPast)
                #expect(owned.records.map(\.key.id).contains(RecordID(expected.id)))
            }
            for token in contents.refreshTokens {
                let tokens = try await broker.refresh(Secret(token), through: service)
                let next = try #require(tokens.refreshToken)
                #expect(try await broker.verify(tokens.accessToken).expiry > broker.clock.now())
                _ = try await broker.refresh(next, through: service)
            }
            for token in contents.endedRefreshTokens {
                let failure = await #expect(throws: OAuthError.self) {
                    try await broker.refresh(Secret(token), through: service)
                }
                #expect(failure?.code == .invalidGrant)
            }
        }
    }

    @Test(
        "opens the key ring under its key, and no other, and verifies tokens that were issued",
        arguments: EarlierStore.all)
    func keyRing(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, service, contents async throws in
            #expect(contents.keyIDs.count == 2)
            #expect(broker.keys.statuses.map(\.id) == contents.keyIDs)
            #expect(broker.keys.snapshot?.version == contents.keyRingVersion)
            for token in contents.accessTokens {
                let subject = try await broker.verify(Secret(token)).subject
                #expect(contents.people.contains { $0.account == subject })
            }
            let wrong = try EarlierBroker(
                over: broker.store, at: broker.clock.now(),
                encryptionKey: Secret("another-key-encryption-key-of-32-bytes"))
            let failure = await #expect(throws: BrokerError.self) { try await wrong.keys.prepare() }
            #expect(failure?.kind == .misconfigured)

            #expect(try await broker.keys.rotate(immediately: true))
            #expect(broker.keys.snapshot?.version == contents.keyRingVersion + 1)
            let other = try EarlierBroker(over: broker.store, at: broker.clock.now())
            try await other.keys.prepare()
            let tokens = try await broker.signIn("ada-9", through: service)
            #expect(try await other.verify(tokens.accessToken).subject == tokens.account.description)
        }
    }

    @Test("returns the audit events in their order, and adds to them", arguments: EarlierStore.all)
    func events(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, service, contents async throws in
            #expect(contents.events.count == 10)
            #expect(try await broker.store.newestEvents(1_000) == contents.events)
            _ = try await broker.signIn("ada-9", through: service)
            #expect(try await broker.store.newestEvents(1_000).dropLast() == contents.events)
        }
    }

    @Test("accepts no credential again, and no nonce twice", arguments: EarlierStore.all)
    func spentCredentials(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, service, contents async throws in
            #expect(contents.spentTickets.count == 5)
            for ticket in contents.spentTickets {
                let failure = await #expect(throws: OAuthError.self) {
                    try await broker.signIn(ticket, through: service)
                }
                #expect(failure?.kind == .credentialAlreadyUsed)
            }
            for (key, isFree) in [(EarlierContents.heldKey, false), (EarlierContents.releasedKey, true)] {
                let reservation = OneTimeReservation(
                    key: key, login: UUID(), expiry: Date(timeIntervalSince1970: 4_000_000_000))
                #expect(try await broker.store.reserve(reservation, at: broker.clock.now()) == isFree)
            }
            let nonce = Secret(contents.nonce)
            #expect(
                try await broker.signIn("ada", presenting: nonce, through: service).account.description
                    == contents.people.first?.account)
            for nonce in [nonce, Secret(contents.spentNonce)] {
                let failure = await #expect(throws: OAuthError.self) {
                    try await broker.signIn("bob", presenting: nonce, through: service)
                }
                #expect(failure?.code == .invalidGrant)
            }
        }
    }

    @Test("reads records by key, kind and owner, and changes them", arguments: EarlierStore.all)
    func records(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, _, _ async throws in
            let (store, now, records) = (broker.store, broker.clock.now(), EarlierContents.records)
            for record in records { #expect(try await store.record(record.key, at: now) == record) }
            let all = try await store.records(.all("note"), after: nil, atMost: 10, at: now).records
            #expect(Set(all) == Set(records))
            let owned = try await store.records(.owned(by: EarlierContents.owner), after: nil, atMost: 10, at: now)
            #expect(Set(owned.records) == Set(records.prefix(2)))
            var next = records[2]
            next.version = 3
            let operations: [StoreOperation] = [.put(next), .deleteAll(ownedBy: EarlierContents.owner)]
            #expect(try await store.commit(operations, at: now) == .done(consumed: []))
            #expect(try await store.records(.all("note"), after: nil, atMost: 10, at: now).records == [next])
        }
    }

    @Test("forgets only what has expired", arguments: EarlierStore.all)
    func purge(_ earlier: EarlierStore) async throws {
        try await open(earlier) { broker, _, contents async throws in
            let now = broker.clock.now()
            // A grant of a second.
            #expect(try await broker.store.purge(at: broker.store.believedTime(at: now), atMost: 100) == 1)
            let grants = contents.grants.filter { $0.expiry > now }
            #expect(grants.count == contents.grants.count - 1)
            for grant in grants { #expect(try await broker.grant(grant.id) != nil) }
            let kept = try await broker.store.records(.all(Grant.recordKind), after: nil, atMost: 10, at: .distantPast)
            #expect(kept.records.count == grants.count)
        }
    }
}
