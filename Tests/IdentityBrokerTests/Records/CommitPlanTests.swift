import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A commit")
struct CommitPlanTests {
    private static let now = Date(timeIntervalSince1970: 1_767_323_045)
    private let key = RecordKey(kind: "note", id: RecordID(UUID()))

    private func failure(of operations: [StoreOperation]) -> StoreFailure? {
        do throws(StoreFailure) {
            _ = try CommitPlan(operations, at: Self.now)
            return nil
        } catch {
            return error
        }
    }

    private func record(_ size: Int = 1, owners: Int = 0, version: Int = 1) -> StoredRecord {
        StoredRecord(
            key: RecordKey(kind: "note", id: RecordID(UUID())), version: version,
            owners: Set((0..<owners).map { _ in .grant(UUID()) }), body: Data(count: size))
    }

    @Test("has bounds")
    func bounds() {
        let mebibyte = 1024 * 1024
        #expect(failure(of: [.put(record(mebibyte))]) == nil)
        #expect(failure(of: [.put(record(mebibyte)), .put(record())])?.message.contains("1 MiB") == true)
        #expect(failure(of: [.put(record(owners: 16))]) == nil)
        #expect(failure(of: [.put(record(owners: 17))])?.message.contains("16 owners") == true)
        #expect(failure(of: (0..<100).map { _ in .put(record()) }) == nil)
        #expect(failure(of: (0..<101).map { _ in .put(record()) })?.message.contains("100 operations") == true)
        #expect(failure(of: [.put(record(version: 0))])?.mayHaveHappened == false)
        #expect(failure(of: []) == nil)
        #expect(failure(of: (0..<4).map { _ in .put(record(owners: 16)) }) == nil)
        let more = (0..<4).map { _ in StoreOperation.put(record(owners: 16)) } + [.deleteAll(ownedBy: .grant(UUID()))]
        #expect(failure(of: more)?.message.contains("64 owners") == true)
    }

    @Test("counts its events toward its size")
    func events() {
        let half = 512 * 1024
        let event = AuditEvent.example(String(repeating: "s", count: half - 1_000))
        #expect(failure(of: [.put(record(half)), .append(event)]) == nil)
        #expect(failure(of: [.put(record(half + 1_000)), .append(event)])?.message.contains("1 MiB") == true)
    }

    @Test("deletes by owner up to a bound")
    func ownedRecords() async throws {
        let (store, owner) = (MemoryStore(), RecordOwner.session(RecordID(UUID())))
        let owned = (0...StoreOperation.mostOwned).map { _ in
            var owned = record()
            owned.owners = [owner]
            return owned
        }
        for start in stride(from: 0, to: owned.count, by: 100) {
            _ = try await store.commit(owned[start...].prefix(100).map { .put($0) }, at: Self.now)
        }
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.commit([.deleteAll(ownedBy: owner)], at: Self.now)
        }
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.record(owned[1].key, at: Self.now) == owned[1])
        _ = try await store.commit([.delete(owned[0].key)], at: Self.now)
        _ = try await store.commit([.deleteAll(ownedBy: owner)], at: Self.now)
        #expect(try await store.record(owned[1].key, at: Self.now) == nil)
    }

    @Test("leaves to the purge only what has expired by every believed clock", arguments: [-3_540, 0, 3_540, 86_400])
    func purgeable(caller: Double) throws {
        let (believed, now) = (Self.now, Self.now + caller)
        let plan = try CommitPlan([.deleteAll(ownedBy: .grant(UUID()))], at: now)
        #expect(plan.purgeable(by: StoreTime(believed: believed)) == min(believed, now) - 3_600)
        #expect(plan.purgeable(by: nil) == now - 3_600)
    }

    @Test("decides on the version that was asked for")
    func versions() throws {
        let held = StoredRecord(key: key, version: 2, body: Data())
        let standing = [key: StandingRecord(held, kept: nil)]
        func decide(_ operation: StoreOperation) throws -> CommitResult {
            try CommitPlan([operation], at: Self.now).decide(standing, by: nil)
        }
        let (other, refused) = (record().key, CommitResult.refused(CommitRefusal(operation: 0, found: 2)))
        for version in [1, 3] {
            #expect(try decide(.consume(key, version: version)) == refused)
            #expect(try decide(.delete(key, version: version)) == refused)
        }
        for version in [2, nil] {
            #expect(try decide(.consume(key, version: version)) == .done(consumed: [held]))
            #expect(try decide(.delete(key, version: version)) == .done(consumed: []))
        }
        let absent = CommitResult.refused(CommitRefusal(operation: 0, found: nil))
        #expect(try decide(.delete(other, version: 1)) == absent)
        #expect(try decide(.delete(other)) == .done(consumed: []))
    }

    @Test("may name each record once")
    func names() {
        #expect(failure(of: [.consume(key), .delete(key)])?.message.contains("name one record") == true)
        #expect(failure(of: [.consume(key), .delete(record().key), .deleteAll(ownedBy: .grant(UUID()))]) == nil)
    }

    @Test("uses the caller's clock for the records it uses, and the store's time for those it replaces")
    func clocks() throws {
        let expiry = Self.now + 60
        let old = StoredRecord(key: key, expiry: expiry, body: Data())
        let standing = [key: StandingRecord(old, kept: expiry + 30)]
        let time = StoreTime(believed: Self.now)
        func decide(_ operation: StoreOperation, at seconds: Double) throws -> CommitResult {
            try CommitPlan([operation], at: Self.now + seconds).decide(standing, by: time)
        }
        let present = CommitResult.refused(CommitRefusal(operation: 0, found: 1))
        let absent = CommitResult.refused(CommitRefusal(operation: 0, found: nil))
        #expect(try decide(.consume(key), at: 59) == .done(consumed: [old]))
        #expect(try decide(.consume(key), at: 60) == absent)
        #expect(try decide(.put(old), at: 59) == present)
        #expect(try decide(.put(old), at: 89) == present)
        #expect(try decide(.put(old), at: 90) == .done(consumed: []))
        #expect(try decide(.put(old), at: 3_600) == .done(consumed: []))
        #expect(try decide(.put(old), at: 3_601) == present)
    }

    @Test("that does not fit into memory changes nothing")
    func full() async throws {
        let store = MemoryStore(capacity: 2)
        let records = (0..<3).map { _ in record() }
        _ = try await store.commit([.put(records[0]), .put(records[1])], at: Self.now)
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.commit([.require(records[0].key, version: 1), .put(records[2])], at: Self.now)
        }
        #expect(failure?.reason == .full)
        #expect(try await store.record(records[2].key, at: Self.now) == nil)
        let exchange: [StoreOperation] = [.consume(records[0].key), .put(records[2])]
        #expect(try await store.commit(exchange, at: Self.now) == .done(consumed: [records[0]]))
        var next = records[1]
        next.version = 2
        #expect(try await store.commit([.put(next)], at: Self.now) == .done(consumed: []))
    }

    @Test("fits if its own deletions or expired records make room")
    func room() async throws {
        let store = MemoryStore(capacity: 2)
        let owner = RecordOwner.session(RecordID(UUID()))
        let owned = (0..<2).map { _ in
            var owned = record()
            owned.owners = [owner]
            return owned
        }
        _ = try await store.commit(owned.map { .put($0) }, at: Self.now)
        var short = record()
        short.expiry = Self.now + 60
        let replacing: [StoreOperation] = [.deleteAll(ownedBy: owner), .put(short)]
        #expect(try await store.commit(replacing, at: Self.now) == .done(consumed: []))
        _ = try await store.commit([.put(record())], at: Self.now)
        let last = record()
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.commit([.put(last)], at: Self.now + 59)
        }
        #expect(failure?.reason == .full)
        #expect(try await store.commit([.put(last)], at: Self.now + 60) == .done(consumed: []))
    }

    @Test("refuses an expiry that is not a time")
    func expiry() {
        var record = record()
        record.expiry = Date(timeIntervalSinceReferenceDate: .nan)
        #expect(throws: StoreFailure.self) { try CommitPlan([.put(record)], at: Self.now) }
    }

    @Test("leaves no entries behind if one record is put repeatedly")
    func entries() throws {
        var ledger = RecordLedger(capacity: 10)
        for version in 1...5_000 {
            let record = StoredRecord(key: key, version: version, expiry: Self.now + Double(version), body: Data())
            let plan = try CommitPlan([.put(record)], at: Self.now)
            #expect(plan.decide(ledger.standing(plan.named), by: nil) == .done())
            try ledger.perform(plan, for: nil, by: nil)
        }
        #expect(ledger.entryCount <= 1_003)
        #expect(ledger.purge(at: Self.now + 4_999, atMost: 10) == 0)
        #expect(ledger.purge(at: Self.now + 5_000, atMost: 10) == 1)
    }

    @Test("decides on credentials and sign-ins in the order of its operations")
    func mixed() throws {
        let (presented, free) = (OneTimeReservation.example("one"), OneTimeReservation.example("two"))
        let standing = [key: StandingRecord(StoredRecord(key: key, version: 3, body: Data()), kept: nil)]
        func decide(_ operations: [StoreOperation]) throws -> CommitResult {
            try CommitPlan(operations, at: Self.now).decide(standing, by: nil) { $0 == presented.key }
        }
        let signIn = SignIn.example()
        let taking = SignIn(
            key: signIn.key, provider: signIn.provider, alternateIdentifiers: [], claims: "{}", time: Self.now,
            newAccount: signIn.newAccount, records: [record(), StoredRecord(key: key, body: Data())])
        #expect(try decide([.reserve(free), .settle(presented, as: .spent), .signIn(signIn)]) == .done())
        #expect(try decide([.reserve(free), .reserve(presented)]) == .refused(CommitRefusal(operation: 1)))
        #expect(try decide([.signIn(taking)]) == .refused(CommitRefusal(operation: 0, found: 3)))
        #expect(try decide([.reserve(presented), .signIn(taking)]) == .refused(CommitRefusal(operation: 0)))
        #expect(try decide([.signIn(taking), .reserve(presented)]) == .refused(CommitRefusal(operation: 0, found: 3)))
    }

    @Test("has one sign-in, and names each credential once")
    func credentials() {
        let (reservation, another) = (OneTimeReservation.example("one"), OneTimeReservation.example("two"))
        let signIn = SignIn.example()
        #expect(failure(of: [.reserve(reservation), .settle(another, as: .spent), .signIn(signIn)]) == nil)
        #expect(failure(of: [.signIn(signIn), .signIn(signIn)])?.message.contains("more than one sign-in") == true)
        let twice: [StoreOperation] = [.reserve(reservation), .settle(reservation, as: .released)]
        #expect(failure(of: twice)?.message.contains("name one credential") == true)
    }

    @Test("that reserves or signs in where memory is full changes nothing")
    func fullOfCredentials() async throws {
        let store = MemoryStore(capacity: 1)
        _ = try await store.commit([.reserve(.example("one", until: 60))], at: .at(0))
        let commit: [StoreOperation] = [.put(record()), .reserve(.example("two")), .append(.example())]
        let failure = await #expect(throws: StoreFailure.self) { try await store.commit(commit, at: .at(0)) }
        #expect(failure?.reason == .full)
        #expect(store.auditEvents.isEmpty)
        _ = try await store.commit([.signIn(.example())], at: .at(0))
        let another: [StoreOperation] = [.signIn(.example("another")), .append(.example())]
        await #expect(throws: StoreFailure.self) { try await store.commit(another, at: .at(0)) }
        #expect(store.auditEvents.isEmpty)
        #expect(try await store.commit(commit, at: .at(60)) == .done())
        #expect(store.auditEvents.count == 1)
    }
}
