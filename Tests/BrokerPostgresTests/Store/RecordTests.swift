import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("Records in a PostgreSQL database")
struct RecordTests {
    @Test("are required by any number of commits side by side", .timeLimit(.minutes(1)))
    func requiring() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let (store, account) = (try database.patientStore(), StoredRecord.example(0))
            var changed = StoredRecord.example(1)
            _ = try await store.commit([.put(account), .put(changed)], at: .at(0))
            changed.version = 2
            let blocker = try await database.session()
            try await blocker.run("BEGIN")
            // Rows are locked in the order of their keys: whoever waits for this one has locked the account.
            try await blocker.run("SELECT FROM identity_broker.stored_record WHERE id = 'id-1' FOR UPDATE")
            async let held = store.commit([.require(account.key, version: 1), .put(changed)], at: .at(0))
            try await database.waitForLock()
            let beside: [StoreOperation] = [.require(account.key, version: nil), .put(.example(2))]
            #expect(try await store.commit(beside, at: .at(0)) == .done(consumed: []))
            try await blocker.run("ROLLBACK")
            #expect(try await held == .done(consumed: []))
            await store.close()
        }
    }

    @Test("are locked in one order, by a thousand commits that require and delete in others", .timeLimit(.minutes(5)))
    func order() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let stores = [try database.store(), try database.store()]
            try await withThrowingTaskGroup { group in
                for caller in 0..<8 {
                    // Each requires one of two records and deletes the other by its owner.
                    let (one, other) = caller.isMultiple(of: 2) ? (1, 2) : (2, 1)
                    group.addTask {
                        let store = stores[caller / 2 % 2]
                        for _ in 0..<125 {
                            let required = StoredRecord.example(one).key
                            let operations: [StoreOperation] = [
                                .require(required, version: nil), .deleteAll(ownedBy: .example(other)),
                            ]
                            if case .done = try await store.commit(operations, at: .at(0)) { continue }
                            _ = try await store.commit([.put(.example(one)), .delete(.absent)], at: .at(0))
                        }
                    }
                }
                try await group.waitForAll()
            }
            for store in stores { await store.close() }
        }
    }

    @Test("are deleted by owner up to a bound")
    func bound() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let (store, owner) = (try database.store(), RecordOwner.example(1))
            try await store.prepare()
            let fill = [
                """
                INSERT INTO identity_broker.stored_record (kind, id, version, owners, body)
                SELECT 'example', 'id-' || n, 1, 'session:id-1', '' FROM generate_series(1, 10001) AS n
                """,
                """
                INSERT INTO identity_broker.record_owner (owner_kind, owner_id, kind, id)
                SELECT 'session', 'id-1', kind, id FROM identity_broker.stored_record
                """,
            ]
            for sql in fill { try await database.run(sql) }
            let operations: [StoreOperation] = [.put(.example(20_000)), .deleteAll(ownedBy: owner)]
            let failure = await #expect(throws: StoreFailure.self) {
                try await store.commit(operations, at: .at(0))
            }
            #expect(failure?.message.contains("more than 10,000 records") == true)
            #expect(failure?.mayHaveHappened == false)
            let count = "SELECT count(*) FROM identity_broker.stored_record"
            #expect(try await database.run(count) == [["10001"]])
            _ = try await store.commit([.delete(StoredRecord.example(1).key)], at: .at(0))
            #expect(try await store.commit(operations, at: .at(0)) == .done(consumed: []))
            #expect(try await database.run(count) == [["1"]])
            await store.close()
        }
    }
}

extension RecordKey {
    fileprivate static let absent = RecordKey(kind: "none", id: .example(0))
}
