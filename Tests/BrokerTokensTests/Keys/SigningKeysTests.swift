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
        readEncryptionKey: @escaping @Sendable () async throws -> KeyEncryptionKey? = { nil },
        algorithms: Set<BrokerTokens.SigningAlgorithm> = [.es256]
    ) -> SigningKeys {
        SigningKeys(
            store: store, encryptionKey: encryptionKey, readEncryptionKey: readEncryptionKey, algorithms: algorithms,
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
        clock.advance(by: KeyRotation.standard.overlap)
        try await keys.refresh()
        clock.advance(by: KeyRotation.standard.retention)
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

    @Test("The look that all share has its own time, however little the request has left that comes first")
    func unknownKeyInHaste() async throws {
        let (keys, other) = (replica(), replica())
        try await keys.prepare()
        try await other.prepare()
        try await other.rotate()
        let new = try #require(try keyIDs(of: other).subtracting(keyIDs(of: keys)).first)
        let access = StoreAccess(
            clock: BrokerClock(clock, now: clock.wallClock), logger: LogRecording().makeLogger())
        let key = try await access.handlingRequest(within: .zero) { () async throws(BrokerError) in
            try await keys.verificationKey(new)
        }
        #expect(key?.id == new)
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

    @Test("A clock that leaps ahead and back drops no key, however often the keys are refreshed")
    func leap() async throws {
        let keys = replica()
        try await keys.prepare()
        try await keys.rotate(immediately: true)
        let both = try keyIDs(of: keys)
        #expect(both.count == 2)
        for leap in [Duration.seconds(86_400), .seconds(10 * 365 * 86_400), .seconds(-10 * 365 * 86_400)] {
            clock.shiftDate(by: leap)
            for _ in 0..<3 {
                try await keys.refresh()
                clock.advance(by: .seconds(1))
            }
            #expect(keys.signingKey(for: .es256) != nil)
            clock.shiftDate(by: .zero - leap)
            try await keys.refresh()
            #expect(try keyIDs(of: keys).isSuperset(of: both))
            for id in both { #expect(try await keys.verificationKey(id) != nil) }
        }
    }

    @Test("A withdrawn key is out of use here at once, and elsewhere with the next refresh")
    func withdrawal() async throws {
        let (here, there) = (replica(), replica())
        try await here.prepare()
        try await there.prepare()
        try await here.rotate()
        try await there.refresh()
        let old = try keyIDs(of: here)
        #expect(old.count == 2)
        #expect(try await Set(here.withdraw()) == old)
        try await there.refresh()
        for keys in [here, there] {
            #expect(try keyIDs(of: keys).isDisjoint(with: old) && keyIDs(of: keys).count == 1)
            for id in old { #expect(try await keys.verificationKey(id) == nil) }
            #expect(keys.signingKey(for: .es256).map { !old.contains($0.id) } == true)
        }
        #expect(here.jwks == there.jwks)
        #expect(here.statuses.map(\.state) == [.signing])
    }

    @Test("Of many processes that withdraw at once all leave the same keys, and none of the old ones")
    func withdrawalRace() async throws {
        let replicas = (0..<16).map { _ in replica() }
        for keys in replicas { try await keys.prepare() }
        let old = try keyIDs(of: replicas[0])
        try await withThrowingTaskGroup { group in
            for keys in replicas { group.addTask { _ = try await keys.withdraw() } }
            try await group.waitForAll()
        }
        for keys in replicas { try await keys.refresh() }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        #expect(try keyIDs(of: replicas[0]).isDisjoint(with: old))
    }

    @Test("A rotation says whether it changed anything")
    func outcome() async throws {
        let keys = replica()
        #expect(try await keys.rotate(), "the first keys of all")
        #expect(keys.statuses.map(\.state) == [.signing])
        #expect(try await keys.rotate())
        #expect(
            keys.statuses.map(\.state) == [.signing, .waiting(until: clock.date + KeyRotation.standard.overlap)])
        #expect(try await !keys.rotate(), "a next key waits")
        let ids = keys.statuses.map(\.id)
        #expect(try await keys.rotate(immediately: true))
        let end = clock.date + KeyRotation.standard.retention
        #expect(keys.statuses.map(\.state) == [.retired(until: end), .signing])
        #expect(keys.statuses.map(\.id) == ids, "the next key, which others may have cached, signs")
    }

    @Test("Encrypted with another key, the ring opens with that and no other, and services follow that read it anew")
    func resealing() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        let isThere = Locked(false)
        let follower = replica(readEncryptionKey: { isThere.withLock { $0 } ? newKey : nil })
        let stranded = replica()
        try await follower.prepare()
        try await stranded.prepare()
        let known = follower.jwks
        #expect(try await replica().reseal(with: newKey))
        #expect(try await !replica().reseal(with: newKey), "done already")
        #expect(await kind { try await replica().prepare() } == .misconfigured)
        try await replica(newKey).prepare()

        // Until the new key is there, both serve on with what they have.
        for keys in [follower, stranded] {
            #expect(await kind { try await keys.refresh() } == .misconfigured)
            #expect(keys.jwks == known && keys.signingKey(for: .es256) != nil)
        }
        isThere.withLock { $0 = true }
        try await follower.refresh()
        #expect(follower.jwks == known)
        try await follower.rotate()
        #expect(try keyIDs(of: follower).count == 2)
        // What nobody can open nobody writes over.
        #expect(await kind { try await stranded.rotate() } == .misconfigured)
        #expect(await kind { _ = try await stranded.verificationKey("of another") } == .unavailable)
    }

    @Test("A service that cannot open the ring refuses the keys that were withdrawn from it all the same")
    func withdrawnUnopened() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        let stranded = replica()
        try await stranded.prepare()
        let old = try #require(stranded.signingKey(for: .es256)).id
        _ = try await replica().reseal(with: newKey)
        #expect(await kind { try await stranded.refresh() } == .misconfigured)
        #expect(try await stranded.verificationKey(old) != nil)
        _ = try await replica(newKey).withdraw()
        #expect(await kind { try await stranded.refresh() } == .misconfigured)
        #expect(await kind { _ = try await stranded.verificationKey(old) } == .unavailable)
        #expect(stranded.signingKey(for: .es256) == nil)
    }

    @Test("Without keys in the store, or with a wrong old key, nothing is encrypted anew")
    func resealingRefused() async throws {
        let newKey = KeyEncryptionKey.ephemeral(.seeded(2))
        #expect(await kind { _ = try await replica().reseal(with: newKey) } == .misconfigured)
        try await replica().prepare()
        let stored = try await store.memory.keyRing()
        let wrong = replica(.ephemeral(.seeded(3)))
        #expect(await kind { _ = try await wrong.reseal(with: newKey) } == .misconfigured)
        #expect(try await store.memory.keyRing() == stored)
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

    @Test("A key set behind a byte order mark is not the broker's own, and is not read")
    func byteOrderMark() async throws {
        let keys = replica()
        try await keys.prepare()
        #expect(JSONWebKeySet.read(keys.jwks)?.count == 1)
        #expect(JSONWebKeySet.read(Data([0xEF, 0xBB, 0xBF]) + keys.jwks) == nil)
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
