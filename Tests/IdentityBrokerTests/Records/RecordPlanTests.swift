import Foundation
import Testing

@testable import IdentityBroker

@Suite("A commit of records")
struct RecordPlanTests {
    private static let now = Date(timeIntervalSince1970: 1_767_323_045)
    private let key = RecordKey(kind: "note", id: RecordID(UUID()))

    private func failure(of operations: [RecordOperation]) -> StoreFailure? {
        do throws(StoreFailure) {
            _ = try RecordPlan(operations, at: Self.now)
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
        let more = (0..<4).map { _ in RecordOperation.put(record(owners: 16)) } + [.deleteAll(ownedBy: .grant(UUID()))]
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
        let owned = (0...RecordOperation.mostOwned).map { _ in
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
        let plan = try RecordPlan([.deleteAll(ownedBy: .grant(UUID()))], at: now)
        #expect(plan.purgeable(by: StoreTime(believed: believed)) == min(believed, now) - 3_600)
        #expect(plan.purgeable(by: nil) == now - 3_600)
    }

    @Test("decides on the version that was asked for")
    func versions() throws {
        let held = StoredRecord(key: key, version: 2, body: Data())
        let standing = [key: StandingRecord(held, kept: nil)]
        func decide(_ operation: RecordOperation) throws -> RecordCommit {
            try RecordPlan([operation], at: Self.now).decide(standing, by: nil)
        }
        let (other, refused) = (record().key, RecordCommit.refused(RecordRefusal(operation: 0, found: 2)))
        for version in [1, 3] {
            #expect(try decide(.consume(key, version: version)) == refused)
            #expect(try decide(.delete(key, version: version)) == refused)
        }
        for version in [2, nil] {
            #expect(try decide(.consume(key, version: version)) == .done(consumed: [held]))
            #expect(try decide(.delete(key, version: version)) == .done(consumed: []))
        }
        let absent = RecordCommit.refused(RecordRefusal(operation: 0, found: nil))
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
        func decide(_ operation: RecordOperation, at seconds: Double) throws -> RecordCommit {
            try RecordPlan([operation], at: Self.now + seconds).decide(standing, by: time)
        }
        let present = RecordCommit.refused(RecordRefusal(operation: 0, found: 1))
        let absent = RecordCommit.refused(RecordRefusal(operation: 0, found: nil))
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
        let exchange: [RecordOperation] = [.consume(records[0].key), .put(records[2])]
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
        let replacing: [RecordOperation] = [.deleteAll(ownedBy: owner), .put(short)]
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
        #expect(throws: StoreFailure.self) { try RecordPlan([.put(record)], at: Self.now) }
    }

    @Test("leaves no entries behind if one record is put repeatedly")
    func entries() throws {
        var ledger = RecordLedger(capacity: 10)
        for version in 1...5_000 {
            let record = StoredRecord(key: key, version: version, expiry: Self.now + Double(version), body: Data())
            let plan = try RecordPlan([.put(record)], at: Self.now)
            #expect(try ledger.commit(plan, by: nil) == .done(consumed: []))
        }
        #expect(ledger.entryCount <= 1_003)
        #expect(ledger.purge(at: Self.now + 4_999, atMost: 10) == 0)
        #expect(ledger.purge(at: Self.now + 5_000, atMost: 10) == 1)
    }
}
