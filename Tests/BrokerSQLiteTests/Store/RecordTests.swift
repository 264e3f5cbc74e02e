import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Records in a database")
struct RecordTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database)
    }

    private func record(_ id: String) throws -> StoredRecord {
        let id = try #require(RecordID(id))
        return StoredRecord(
            key: RecordKey(kind: "note", id: id), expiry: .at(60), owners: [.session(id)], body: Data("body".utf8))
    }

    @Test("share a transaction with others, and each is refused or fails alone")
    func shared() async throws {
        let (new, broken, missing) = (try record("new"), try record("broken"), try record("missing"))
        _ = try await store.commit([.put(broken)], at: .at(0))
        try await store.execute("UPDATE stored_record SET owners = 'nobody'")
        let commits = CommitCounter(of: store)
        let blockade = Blockade(of: store)
        async let refused = store.commit([.put(try record("beside")), .consume(missing.key)], at: .at(0))
        async let failed = store.failure { store throws(StoreFailure) in
            try await store.commit([.put(missing), .consume(broken.key)], at: .at(0))
        }
        async let done = store.commit([.put(new), .append(.example())], at: .at(0))
        await store.waits(for: 3)
        blockade.lift()
        #expect(try await refused == .refused(CommitRefusal(operation: 1, found: nil)))
        #expect(try await done == .done(consumed: []))
        let failure = await failed
        #expect(failure?.reason == .corrupt && failure?.mayHaveHappened == false)
        #expect(commits.count == 1)
        #expect(try await store.record(new.key, at: .at(0)) == new)
        #expect(try await store.number("SELECT COUNT(*) FROM stored_record") == 2)
        #expect(try await store.number("SELECT COUNT(*) FROM audit_event") == 1)
    }

    @Test("are deleted by owner up to a bound")
    func bound() async throws {
        try await store.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10001)
            INSERT INTO stored_record (kind, id, version, owners, body)
            SELECT 'note', 'id-' || n, 1, 'session:id', x'' FROM numbers;
            INSERT INTO record_owner (owner_kind, owner_id, kind, id) SELECT 'session', 'id', kind, id FROM stored_record;
            """)
        let owner = RecordOwner.session("id")
        let operations: [StoreOperation] = [.put(try record("new")), .deleteAll(ownedBy: owner)]
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.commit(operations, at: .at(0))
        }
        #expect(failure?.message.contains("more than 10,000 records") == true)
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.number("SELECT COUNT(*) FROM stored_record") == 10_001)
        _ = try await store.commit([.delete(try record("id-1").key)], at: .at(0))
        #expect(try await store.commit(operations, at: .at(0)) == .done(consumed: []))
        #expect(try await store.number("SELECT COUNT(*) FROM stored_record") == 1)
    }

    @Test("leave no owners behind")
    func owners() async throws {
        let records = try ["one", "two", "three", "four"].map(record)
        _ = try await store.commit(records.map { .put($0) }, at: .at(0))
        let operations: [StoreOperation] = [
            .consume(records[0].key), .delete(records[1].key), .deleteAll(ownedBy: .session(records[2].key.id)),
        ]
        #expect(try await store.commit(operations, at: .at(0)) == .done(consumed: [records[0]]))
        #expect(try await store.number("SELECT COUNT(*) FROM record_owner") == 1)
        #expect(try await store.purge(at: .at(60), atMost: 10) == 1)
        #expect(try await store.number("SELECT COUNT(*) FROM record_owner") == 0)
    }
}
