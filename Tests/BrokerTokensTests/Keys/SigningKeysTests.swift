import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("Shared signing keys")
struct SigningKeysTests {
    private let bench = KeyRingBench()

    @Test("Of many processes that start at once on an empty store, one makes the ring, and all use it")
    func firstStart() async throws {
        let replicas = (0..<16).map { _ in bench.replica() }
        try await withThrowingTaskGroup { group in
            for keys in replicas { group.addTask { try await keys.prepare() } }
            try await group.waitForAll()
        }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        #expect(try await bench.store.memory.keyRing?.version == 1)
        #expect(try replicas[0].publishedIDs().count == 1)
    }

    @Test("Of many processes that rotate at once, one does, and all use its keys", arguments: [true, false])
    func rotationRace(immediately: Bool) async throws {
        let replicas = (0..<16).map { _ in bench.replica() }
        for keys in replicas { try await keys.prepare() }
        try await withThrowingTaskGroup { group in
            for keys in replicas {
                group.addTask { try await keys.rotate(immediately: immediately) }
            }
            try await group.waitForAll()
        }
        for keys in replicas { try await keys.refresh() }
        #expect(Set(replicas.map(\.jwks)).count == 1)
        // Processes that ask one after the other may each rotate immediately, but only one rotates with an overlap.
        if !immediately { #expect(try replicas[0].publishedIDs().count == 2) }
    }

    @Test("One process verifies what another signs across rotations, without being told")
    func acrossRotation() async throws {
        let (first, second) = (
            try await TokenBench(store: bench.store, clock: bench.clock),
            try await TokenBench(store: bench.store, clock: bench.clock)
        )
        for immediately in [false, true] {
            let old = try await first.signIn()
            try await first.keys.rotate(immediately: immediately)
            bench.clock.advance(by: .seconds(4))
            let new = try await first.signIn("web")
            for tokens in [old, new] { _ = try await second.accessToken(tokens) }
        }
    }

    @Test("Processes that share a ring change keys at the same moment, without looking at the store")
    func sameMoment() async throws {
        let (first, second) = (bench.replica(), bench.replica())
        try await first.prepare()
        try await first.rotate()
        try await second.prepare()
        let before = try #require(first.signingKey(for: .es256))
        #expect(second.signingKey(for: .es256)?.id == before.id)
        bench.clock.advance(by: KeyRotation.standard.overlap)
        let after = try #require(first.signingKey(for: .es256))
        #expect(after.id != before.id && second.signingKey(for: .es256)?.id == after.id)
    }

    @Test("A refresh rotates what is due, and drops keys without valid signatures")
    func refreshing() async throws {
        let keys = bench.replica()
        try await keys.prepare()
        let first = try keys.publishedIDs()
        bench.clock.advance(by: KeyRotation.standard.period - KeyRotation.standard.overlap)
        try await keys.refresh()
        let both = try keys.publishedIDs()
        #expect(both.count == 2 && both.isSuperset(of: first))
        bench.clock.advance(by: KeyRotation.standard.overlap)
        try await keys.refresh()
        bench.clock.advance(by: KeyRotation.standard.retention)
        try await keys.refresh()
        #expect(try keys.publishedIDs() == both.subtracting(first))
    }

    @Test("An unknown key is looked up now and then, not for every token")
    func unknownKeys() async throws {
        let keys = bench.replica()
        try await keys.prepare()
        let before = bench.store.count(of: .record)
        for number in 0..<1_000 {
            #expect(try await keys.verificationKey("unknown-\(number)") == nil)
        }
        #expect(bench.store.count(of: .record) == before + 1)
        bench.clock.advance(by: .seconds(3))
        #expect(try await keys.verificationKey("unknown") == nil)
        #expect(bench.store.count(of: .record) == before + 2)
    }

    @Test("The shared lookup has its own deadline, however little time the first request has left")
    func unknownKeyInHaste() async throws {
        let (keys, other) = (bench.replica(), bench.replica())
        try await keys.prepare()
        try await other.prepare()
        try await other.rotate()
        let new = try #require(try other.publishedIDs().subtracting(keys.publishedIDs()).first)
        let access = StoreAccess(
            clock: BrokerClock(bench.clock, now: bench.clock.wallClock), logger: LogRecording().makeLogger())
        let key = try await access.handlingRequest(within: .zero) { () async throws(BrokerError) in
            try await keys.verificationKey(new)
        }
        #expect(key?.id == new)
    }

    @Test("A dropped key verifies nothing, even if the ring still contains it")
    func dropped() async throws {
        let keys = bench.replica()
        try await keys.prepare()
        let old = try #require(keys.signingKey(for: .es256))
        try await keys.rotate(immediately: true)
        #expect(try await keys.verificationKey(old.id) != nil)
        bench.clock.advance(by: KeyRotation.standard.retention)
        #expect(try await keys.verificationKey(old.id) == nil)
    }

    @Test("A clock that leaps ahead and back drops no key, however often the keys are refreshed")
    func leap() async throws {
        let keys = bench.replica()
        try await keys.prepare()
        try await keys.rotate(immediately: true)
        let both = try keys.publishedIDs()
        #expect(both.count == 2)
        for leap in [Duration.seconds(86_400), .seconds(10 * 365 * 86_400), .seconds(-10 * 365 * 86_400)] {
            bench.clock.shiftDate(by: leap)
            for _ in 0..<3 {
                try await keys.refresh()
                bench.clock.advance(by: .seconds(1))
            }
            #expect(keys.signingKey(for: .es256) != nil)
            bench.clock.shiftDate(by: .zero - leap)
            try await keys.refresh()
            #expect(try keys.publishedIDs().isSuperset(of: both))
            for id in both { #expect(try await keys.verificationKey(id) != nil) }
        }
    }

    @Test("A rotation says whether it changed anything")
    func outcome() async throws {
        let keys = bench.replica()
        #expect(try await keys.rotate(), "the first keys of all")
        #expect(keys.statuses.map(\.state) == [.signing])
        #expect(try await keys.rotate())
        #expect(
            keys.statuses.map(\.state) == [.signing, .waiting(until: bench.clock.date + KeyRotation.standard.overlap)])
        #expect(try await !keys.rotate(), "a next key waits")
        let ids = keys.statuses.map(\.id)
        #expect(try await keys.rotate(immediately: true))
        let end = bench.clock.date + KeyRotation.standard.retention
        #expect(keys.statuses.map(\.state) == [.retired(until: end), .signing])
        #expect(keys.statuses.map(\.id) == ids, "the next key, which others may have cached, signs")
    }

    @Test("A store failure is an error, and known keys remain in use")
    func failingStore() async throws {
        let keys = bench.replica()
        try await keys.prepare()
        let known = try #require(keys.signingKey(for: .es256))
        bench.store.fail(.record)
        #expect(await kind { try await keys.refresh() } == .unavailable)
        #expect(await kind { _ = try await keys.verificationKey("unknown") } == .unavailable)
        #expect(try await keys.verificationKey(known.id) != nil)
        #expect(await kind { try await bench.replica().prepare() } == .unavailable)
        bench.store.recover()
        bench.store.fail(.commit, mayHaveHappened: true)
        #expect(await kind { try await keys.rotate() } == .unavailable)
        bench.store.recover()
        try await keys.refresh()
        #expect(try keys.publishedIDs().count == 2)
    }

    @Test("The key set has only public members")
    func keySet() async throws {
        let keys = bench.replica(algorithms: [.es256, .rs256])
        #expect(String(decoding: keys.jwks, as: UTF8.self) == #"{"keys":[]}"#)
        try await keys.prepare()
        let set = try #require(try JSONReader().read(keys.jwks)["keys"]?.array?.compactMap(\.object))
        #expect(
            set.map { $0.map(\.name).sorted() } == [
                ["alg", "crv", "kid", "kty", "use", "x", "y"], ["alg", "e", "kid", "kty", "n", "use"],
            ])
        #expect(try JSONWebKeySet(reading: Array(keys.jwks)).keys.count == 2)
        let rsa = try #require(keys.signingKey(for: .rs256))
        #expect(!String(reflecting: rsa).contains("material"))
    }
}
