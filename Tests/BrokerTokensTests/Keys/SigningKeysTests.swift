import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Keys that processes share")
struct SigningKeysTests {
    private let clock = TestClock()
    private let store = FaultyStore()

    private func replica(
        _ encryptionKey: KeyEncryptionKey = .example,
        algorithms: Set<BrokerTokens.SigningAlgorithm> = [.es256]
    ) -> SigningKeys {
        SigningKeys(
            store: store, encryptionKey: encryptionKey, algorithms: algorithms,
            clock: BrokerClock(clock, now: clock.wallClock))
    }

    @Test("Of many processes that start at once on an empty store one makes the ring, and all hold it")
    func firstStart() async throws {
        let replicas = (0..<16).map { _ in replica() }
        try await withThrowingTaskGroup { group in
            for keys in replicas { group.addTask { try await keys.prepare() } }
            try await group.waitForAll()
        }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        #expect(try await store.memory.keyRing()?.version == 1)
        #expect(try keyIDs(of: replicas[0]).count == 1)
    }

    @Test("Of many processes that rotate at once one does, and all hold what it made", arguments: [true, false])
    func rotationRace(immediately: Bool) async throws {
        let replicas = (0..<16).map { _ in replica() }
        for keys in replicas { try await keys.prepare() }
        try await withThrowingTaskGroup { group in
            for keys in replicas {
                group.addTask { try await keys.rotate(immediately: immediately) }
            }
            try await group.waitForAll()
        }
        for keys in replicas { try await keys.refresh() }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        // Processes that asked one after the other may each have had a turn at once, never at the overlap.
        if !immediately { #expect(try keyIDs(of: replicas[0]).count == 2) }
    }

    @Test("What one process signs across rotations the other verifies, without being told")
    func acrossRotation() async throws {
        let (first, second) = (
            try await TokenBench(store: store, clock: clock), try await TokenBench(store: store, clock: clock)
        )
        for immediately in [false, true] {
            let old = try await first.signIn()
            try await first.keys.rotate(immediately: immediately)
            clock.advance(by: .seconds(4))
            let new = try await first.signIn("web")
            for tokens in [old, new] { _ = try await second.accessToken(tokens) }
        }
    }

    @Test("Processes that share a ring change keys at the same moment, without looking at the store")
    func sameMoment() async throws {
        let (first, second) = (replica(), replica())
        try await first.prepare()
        try await first.rotate()
        try await second.prepare()
        let before = try #require(first.signingKey(for: .es256))
        #expect(second.signingKey(for: .es256)?.id == before.id)
        clock.advance(by: KeyRotation.standard.overlap)
        let after = try #require(first.signingKey(for: .es256))
        #expect(after.id != before.id && second.signingKey(for: .es256)?.id == after.id)
    }

    @Test("A refresh rotates what is due and drops what verifies nothing any more")
    func refreshing() async throws {
        let keys = replica()
        try await keys.prepare()
        let first = try keyIDs(of: keys)
        clock.advance(by: KeyRotation.standard.period - KeyRotation.standard.overlap)
        try await keys.refresh()
        let both = try keyIDs(of: keys)
        #expect(both.count == 2 && both.isSuperset(of: first))
        clock.advance(by: KeyRotation.standard.overlap + KeyRotation.standard.retention)
        try await keys.refresh()
        #expect(try keyIDs(of: keys) == both.subtracting(first))
    }

    @Test("A key that nobody knows is looked for once in a while and not for every token")
    func unknownKeys() async throws {
        let keys = replica()
        try await keys.prepare()
        let before = store.count(of: .keyRing)
        for number in 0..<1_000 {
            #expect(try await keys.verificationKey("unknown-\(number)") == nil)
        }
        #expect(store.count(of: .keyRing) == before + 1)
        clock.advance(by: .seconds(3))
        #expect(try await keys.verificationKey("unknown") == nil)
        #expect(store.count(of: .keyRing) == before + 2)
    }

    @Test("A dropped key verifies nothing, though the ring still holds it")
    func dropped() async throws {
        let keys = replica()
        try await keys.prepare()
        let old = try #require(keys.signingKey(for: .es256))
        try await keys.rotate(immediately: true)
        #expect(try await keys.verificationKey(old.id) != nil)
        clock.advance(by: KeyRotation.standard.retention)
        #expect(try await keys.verificationKey(old.id) == nil)
    }

    @Test("A store that fails is an error, and what was known serves on")
    func failingStore() async throws {
        let keys = replica()
        try await keys.prepare()
        let known = try #require(keys.signingKey(for: .es256))
        store.fail(.keyRing)
        #expect(await kind { try await keys.refresh() } == .unavailable)
        #expect(await kind { _ = try await keys.verificationKey("unknown") } == .unavailable)
        #expect(try await keys.verificationKey(known.id) != nil)
        #expect(await kind { try await replica().prepare() } == .unavailable)
        store.recover()
        store.fail(.replaceKeyRing, mayHaveHappened: true)
        #expect(await kind { try await keys.rotate() } == .unavailable)
        store.recover()
        try await keys.refresh()
        #expect(try keyIDs(of: keys).count == 2)
    }

    @Test("The key set has public members only, and no private one")
    func keySet() async throws {
        let keys = replica(algorithms: [.es256, .rs256])
        #expect(String(decoding: keys.jwks, as: UTF8.self) == #"{"keys":[]}"#)
        try await keys.prepare()
        let set = try #require(try JSONReader().read(keys.jwks)["keys"]?.array?.compactMap(\.object))
        #expect(
            set.map { $0.map(\.name).sorted() } == [
                ["alg", "crv", "kid", "kty", "use", "x", "y"], ["alg", "e", "kid", "kty", "n", "use"],
            ])
        #expect(JSONWebKeySet.read(keys.jwks)?.count == 2)
        let rsa = try #require(keys.signingKey(for: .rs256))
        #expect(!String(reflecting: rsa).contains("material"))
    }

    private func keyIDs(of keys: SigningKeys) throws -> Set<String> {
        Set(try #require(JSONWebKeySet.read(keys.jwks)).keys)
    }
}

/// The kind of the error that the body throws; nil if it throws none.
func kind(of body: () async throws -> Void) async -> BrokerError.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? BrokerError)?.kind
    }
}
