import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A re-encrypted ring")
struct ResealingTests {
    private let bench = KeyRingBench()

    @Test("Re-encrypted, the ring opens only with the new key, and services that reread it follow")
    func resealing() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        let isThere = Locked(false)
        let follower = bench.replica(readEncryptionKey: { isThere.withLock { $0 } ? newKey : nil })
        let stranded = bench.replica()
        try await follower.prepare()
        try await stranded.prepare()
        let known = follower.jwks
        #expect(try await bench.replica().reseal(with: newKey))
        #expect(try await !bench.replica().reseal(with: newKey), "done already")
        #expect(await kind { try await bench.replica().prepare() } == .misconfigured)
        try await bench.replica(newKey).prepare()

        // Until the new key is available, both keep serving with what they have.
        for keys in [follower, stranded] {
            #expect(await kind { try await keys.refresh() } == .misconfigured)
            #expect(keys.jwks == known && keys.signingKey(for: .es256) != nil)
        }
        isThere.withLock { $0 = true }
        try await follower.refresh()
        #expect(follower.jwks == known)
        try await follower.rotate()
        #expect(try follower.publishedIDs().count == 2)
        // A ring that cannot be opened is not overwritten.
        #expect(await kind { try await stranded.rotate() } == .misconfigured)
        #expect(await kind { _ = try await stranded.verificationKey("of another") } == .unavailable)
    }

    @Test("A service that cannot open the ring still refuses withdrawn keys")
    func withdrawnUnopened() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        let stranded = bench.replica()
        try await stranded.prepare()
        let old = try #require(stranded.signingKey(for: .es256)).id
        _ = try await bench.replica().reseal(with: newKey)
        #expect(await kind { try await stranded.refresh() } == .misconfigured)
        #expect(try await stranded.verificationKey(old) != nil)
        _ = try await bench.replica(newKey).withdraw()
        #expect(await kind { try await stranded.refresh() } == .misconfigured)
        #expect(await kind { _ = try await stranded.verificationKey(old) } == .unavailable)
        #expect(stranded.signingKey(for: .es256) == nil)
    }

    @Test("A key is checked against the current ring and one resealed since, and no other is accepted")
    func checked() async throws {
        let (newKey, wrongKey) = (KeyEncryptionKey.ephemeral(.seeded(2)), KeyEncryptionKey.ephemeral(.seeded(3)))
        let keys = bench.replica()
        try keys.check(wrongKey)
        try await keys.prepare()
        for key in [newKey, wrongKey] {
            #expect(await kind { try keys.check(key) } == .misconfigured)
        }
        _ = try await bench.replica().reseal(with: newKey)
        #expect(await kind { try await keys.refresh() } == .misconfigured)
        try keys.check(newKey)
        #expect(await kind { try keys.check(wrongKey) } == .misconfigured)
    }

    @Test("A key for a replaced ring is no longer accepted", arguments: [true, false])
    func stale(isReplaced: Bool) async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        let keys = bench.replica()
        try await keys.prepare()
        let before = try await bench.store.memory.keyRing
        _ = try await bench.replica().reseal(with: newKey)
        #expect(await kind { try await keys.refresh() } == .misconfigured)
        try keys.check(newKey)
        if isReplaced {
            _ = try await bench.replica(newKey).reseal(with: .example)
        } else {
            // As if restored from a backup.
            bench.store.restoredRecord.withLock { $0 = before }
        }
        try await keys.refresh()
        #expect(await kind { try keys.check(newKey) } == .misconfigured)
        try keys.check(.example)
    }

    @Test("Without stored keys, or with a wrong old key, nothing is re-encrypted")
    func resealingRefused() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        #expect(await kind { _ = try await bench.replica().reseal(with: newKey) } == .misconfigured)
        try await bench.replica().prepare()
        let stored = try await bench.store.memory.keyRing
        let wrong = bench.replica(.ephemeral(.seeded(3)))
        #expect(await kind { _ = try await wrong.reseal(with: newKey) } == .misconfigured)
        #expect(try await bench.store.memory.keyRing == stored)
    }
}
