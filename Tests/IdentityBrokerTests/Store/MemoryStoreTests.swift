import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A memory store")
struct MemoryStoreTests {
    @Test("gives a credential to exactly one of a thousand racing callers")
    func race() async throws {
        let store = MemoryStore()
        let winners = await withTaskGroup { group in
            for _ in 0..<1_000 {
                group.addTask { (try? await store.reserve(.example(), at: .at(0))) == true }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test("refuses when it is full, and says that nothing happened", arguments: [-1, 0, 1])
    func full(_ capacity: Int) async throws {
        let store = MemoryStore(capacity: capacity)
        #expect(try await store.reserve(.example("one"), at: .at(0)))
        let failure = try await #require(throws: StoreFailure.self) {
            try await store.reserve(.example("two"), at: .at(0))
        }
        #expect(!failure.mayHaveHappened)
        #expect(try await !store.reserve(.example("one"), at: .at(0)))
    }

    @Test("makes room when full, by its own believed time")
    func fullOfExpired() async throws {
        let store = MemoryStore(capacity: 1)
        #expect(try await store.believedTime(at: .at(0)) == .at(0))
        #expect(try await store.reserve(.example("one", until: 10), at: .at(0)))
        // A clock years ahead makes no room.
        await #expect(throws: StoreFailure.self) { try await store.reserve(.example("two"), at: .at(1e9)) }
        await #expect(throws: StoreFailure.self) { try await store.reserve(.example("two"), at: .at(9)) }
        #expect(try await store.reserve(.example("two", until: 20), at: .at(10)))
    }

    @Test("settles a reservation and keeps the event")
    func conclude() async throws {
        let store = MemoryStore()
        let (first, second) = (OneTimeReservation.example(), OneTimeReservation.example())
        #expect(try await store.reserve(first, at: .at(0)))
        try await store.conclude(first, as: .released, recording: .example("first"))
        #expect(try await store.reserve(second, at: .at(0)))
        try await store.conclude(second, as: .spent, recording: .example("second"))
        #expect(try await !store.reserve(first, at: .at(0)))
        #expect(store.auditEvents.map(\.provider) == ["first", "second"])
    }

    @Test("keeps the event of a login whose reservation is gone")
    func lateConclude() async throws {
        let store = MemoryStore()
        try await store.conclude(.example(), as: .released, recording: .example())
        #expect(store.auditEvents.count == 1)
    }

    @Test("keeps the newest events", arguments: [(0, 1), (1, 1), (3, 3)])
    func ring(capacity: Int, kept: Int) async throws {
        let store = MemoryStore(auditCapacity: capacity)
        for number in 0..<10 { try await store.append(.example("\(number)")) }
        #expect(store.auditEvents.map(\.provider) == (0..<10).suffix(kept).map(String.init))
    }

    @Test("returns its newest events, oldest first", arguments: [(0, []), (2, ["b", "c"]), (9, ["a", "b", "c"])])
    func newestEvents(_ count: Int, _ expected: [String]) async throws {
        let bench = try Bench()
        for id in ["a", "b", "c"] as [ProviderID] { _ = try await bench.refusal(at: id) }
        #expect(try await bench.store.memory.newestEvents(count).map(\.provider) == expected)
        #expect(try await bench.store.memory.newestEvents(-1).isEmpty)
    }

    @Test("removes expired entries up to the limit, and returns the count")
    func purge() async throws {
        let store = MemoryStore()
        let start = Date(timeIntervalSince1970: 0)
        for second in 1...5 {
            let reservation = OneTimeReservation(
                key: OneTimeKey(digest: [UInt8(second)]), login: UUID(),
                expiry: start.addingTimeInterval(Double(second)))
            #expect(try await store.reserve(reservation, at: start))
        }
        #expect(try await store.purge(at: start.addingTimeInterval(3), atMost: 2) == 2)
        #expect(try await store.purge(at: start.addingTimeInterval(3), atMost: 2) == 1)
        #expect(try await store.purge(at: start.addingTimeInterval(3), atMost: 2) == 0)
    }

    @Test("refuses a sign-in completely when full, and says that nothing happened", arguments: [true, false])
    func fullOfAccounts(_ isFullOfRecords: Bool) async throws {
        let store = MemoryStore(capacity: 1)
        let first = SignIn.example(putting: isFullOfRecords ? [.example(until: nil)] : [])
        _ = try await store.signIn(first, spending: nil, recording: .example())
        let (reservation, record) = (OneTimeReservation.example(), StoredRecord.example())
        #expect(try await store.reserve(reservation, at: .at(0)))
        let second = SignIn.example(isFullOfRecords ? "person-1" : "person-2", at: 5, putting: [record])
        let failure = try await #require(throws: StoreFailure.self) {
            try await store.signIn(second, spending: reservation, recording: .example())
        }
        #expect(!failure.mayHaveHappened)
        #expect(store.auditEvents.count == 1)
        #expect(try await store.record(record.key, at: .at(0)) == nil)
        #expect(try await store.account(first.newAccount)?.identities.map(\.lastLogin) == [.at(0)])
        try await store.conclude(reservation, as: .released, recording: .example())
        #expect(try await store.reserve(.example(), at: .at(0)))
    }
}

@Suite("A ring of audit events")
struct AuditRingTests {
    @Test("keeps the newest, in order, within its bound", arguments: 1...4, 0...9)
    func order(capacity: Int, count: Int) {
        var ring = AuditRing(capacity: capacity)
        for number in 0..<count { ring.append(.example("\(number)")) }
        #expect(ring.events.map(\.provider) == (0..<count).suffix(capacity).map(String.init))
    }
}
