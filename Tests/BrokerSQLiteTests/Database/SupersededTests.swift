import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A database that a newer version migrates while it is open")
struct SupersededTests {
    private enum Call: CaseIterable {
        case reserve, conclude, signIn, append, commit, purge, believedTime, newestEvents, account, record, records

        func make(on store: SQLiteStore, holding held: OneTimeReservation) async throws(StoreFailure) {
            switch self {
            case .reserve: _ = try await store.reserve(.example(2), at: .at(0))
            case .conclude: try await store.conclude(held, as: .released, recording: .example())
            case .signIn: _ = try await store.signIn(.example(), spending: held, recording: .example())
            case .append: try await store.append(.example())
            case .commit:
                let key = RecordKey(kind: "note", id: RecordID(UUID()))
                _ = try await store.commit([.put(StoredRecord(key: key, body: Data()))], at: .at(0))
            case .purge: _ = try await store.purge(at: .at(1_000), atMost: 10)
            case .believedTime: _ = try await store.believedTime(at: .at(0))
            case .newestEvents: _ = try await store.newestEvents(1)
            case .account: _ = try await store.account(AccountID(UUID()))
            case .record: _ = try await store.record(RecordKey(kind: "note", id: RecordID(UUID())), at: .at(0))
            case .records: _ = try await store.records(.all("note"), after: nil, atMost: 1, at: .at(0))
            }
        }
    }

    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database)
    }

    /// As another process does, beside this one.
    private func change(_ sql: String) throws {
        let other = try DatabaseQueue(path: directory.database)
        try other.inDatabase { try $0.execute(sql: sql) }
        try other.close()
    }

    private var size: Int? {
        get async throws {
            let tables = ["reservation", "audit_event", "account", "store_time", "stored_record"]
            let counts = tables.map { "(SELECT count(*) FROM \($0))" }
            return try await store.number("SELECT \(counts.joined(separator: " + "))")
        }
    }

    @Test("is neither read nor written, and every call says why")
    func refusal() async throws {
        let held = OneTimeReservation.example(1)
        try #require(try await store.reserve(held, at: .at(0)))
        try change("INSERT INTO grdb_migrations VALUES ('of the future')")
        for call in Call.allCases {
            let failure = await store.failure { store throws(StoreFailure) in
                try await call.make(on: store, holding: held)
            }
            #expect(failure?.reason == .superseded && failure?.mayHaveHappened == false, "\(call)")
            #expect(failure?.message.contains("newer version of the broker, which has added 'of the future'") == true)
            #expect(failure?.message.contains("Stop this process") == true)
        }
        #expect(try await size == 1)
    }

    @Test("works again once its older version is back")
    func back() async throws {
        try change("INSERT INTO grdb_migrations VALUES ('of the future')")
        await #expect(throws: StoreFailure.self) { try await store.append(.example()) }
        try change("DELETE FROM grdb_migrations WHERE identifier = 'of the future'")
        try await store.append(.example())
        try change("INSERT INTO grdb_migrations SELECT 'x'; DELETE FROM grdb_migrations WHERE identifier = 'records'")
        try change("UPDATE grdb_migrations SET identifier = 'records' WHERE identifier = 'x'")
        try await store.append(.example())
    }
}
