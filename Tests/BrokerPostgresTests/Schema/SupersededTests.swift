import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("A schema that a newer version migrates while it is used")
struct SupersededTests {
    private enum Call: CaseIterable {
        case reserve, conclude, signIn, append, commit, purge, believedTime, newestEvents, account, record, records

        func make(on store: PostgresStore, holding held: OneTimeReservation) async throws(StoreFailure) {
            switch self {
            case .reserve: _ = try await store.reserve(.example(2), at: .at(0))
            case .conclude: try await store.conclude(held, as: .released, recording: .example())
            case .signIn: _ = try await store.signIn(.example(), spending: held, recording: .example())
            case .append: try await store.append(.example())
            case .commit: _ = try await store.commit([.put(.example(1))], at: .at(0))
            case .purge: _ = try await store.purge(at: .at(1_000), atMost: 10)
            case .believedTime: _ = try await store.believedTime(at: .at(0))
            case .newestEvents: _ = try await store.newestEvents(1)
            case .account: _ = try await store.account(AccountID(UUID()))
            case .record: _ = try await store.record(RecordKey(kind: "note", id: RecordID(UUID())), at: .at(0))
            case .records: _ = try await store.records(.all("note"), after: nil, atMost: 1, at: .at(0))
            }
        }
    }

    private static let backoff = Backoff(first: .microseconds(1), longest: .microseconds(1))
    private static let tables = [
        "reservation", "audit_event", "account", "store_time", "stored_record",
    ]

    /// What a call failed with.
    private func failure(
        on store: PostgresStore,
        _ call: (PostgresStore) async throws(StoreFailure) -> Void
    ) async -> StoreFailure? {
        do throws(StoreFailure) {
            try await call(store)
            return nil
        } catch {
            return error
        }
    }

    @Test("is neither read nor written, and every call says why, over old connections and new ones")
    func refusal() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let (store, held) = (try database.store(backoff: Self.backoff), OneTimeReservation.example(1))
            try #require(try await store.reserve(held, at: .at(0)))
            try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'later')")
            for call in Call.allCases {
                let failure = await failure(on: store) { store throws(StoreFailure) in
                    try await call.make(on: store, holding: held)
                }
                #expect(failure?.reason == .superseded && failure?.mayHaveHappened == false, "\(call)")
                #expect(failure?.message.contains("by a newer version of the broker (1000, and this one knows") == true)
                #expect(failure?.message.contains("stop this process and run that version") == true)
            }
            let counts = Self.tables.map { "(SELECT count(*) FROM identity_broker.\($0))" }
            #expect(try await database.run("SELECT \(counts.joined(separator: " + "))") == [["1"]])
            try await database.run("DELETE FROM identity_broker.migration WHERE number = 1000")
            try await store.append(.example())
            await store.close()
        }
    }

    @Test("is refused by the transaction itself, whatever was checked when its connection was made")
    func transaction() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            try await store.prepare()
            let (version, insertion) = (SchemaVersion(name: "identity_broker"), store.statements.append([]))
            let target = try ConnectionTarget(Secret(database.url))
            let connection = try PostgresConnection(to: target, within: .seconds(20))
            let transaction = Transaction(statementTimeout: .seconds(5), version: version)
            _ = try connection.run([insertion], in: transaction)
            try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'later')")
            do throws(PostgresFailure) {
                _ = try connection.run([insertion], in: transaction)
                Issue.record("It was written to.")
            } catch {
                #expect(error.kind == .superseded && !error.mayHaveHappened)
            }
            await store.close()
        }
    }

    @Test("is found by a process that starts, whose operator has to run another version")
    func start() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await database.store().prepare()
            try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'later')")
            let failure = await failure(on: try database.store()) { store throws(StoreFailure) in
                try await store.prepare()
            }
            #expect(failure?.reason == .unsuitable)
        }
    }

    @Test("cannot be migrated while a transaction is under way", .timeLimit(.minutes(1)))
    func writing() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.patientStore()
            try await store.prepare()
            let (blocker, migrating) = (try await database.session(), try await database.session())
            try await blocker.run("BEGIN")
            try await blocker.run("LOCK TABLE identity_broker.audit_event")
            async let written: Void = store.append(.example())
            try await database.waitForLock()
            try await migrating.run("BEGIN")
            await #expect(throws: PostgresFailure.self) {
                try await migrating.run("LOCK TABLE identity_broker.migration IN ACCESS EXCLUSIVE MODE NOWAIT")
            }
            try await migrating.run("ROLLBACK")
            try await blocker.run("ROLLBACK")
            try await written
            try await migrating.run("BEGIN")
            try await migrating.run("LOCK TABLE identity_broker.migration IN ACCESS EXCLUSIVE MODE NOWAIT")
            try await migrating.run("ROLLBACK")
        }
    }

    @Test("is migrated once the transactions of other processes have ended", .timeLimit(.minutes(1)))
    func migrating() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let (older, newer) = (Migration.all.count - 1, Migration.all.count)
            try await database.run("CREATE SCHEMA identity_broker")
            try await database.run(
                """
                CREATE TABLE identity_broker.migration (
                    number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now()
                )
                """)
            for (index, migration) in Migration.all.prefix(older).enumerated() {
                for sql in migration.statements("identity_broker") { try await database.run(sql) }
                try await database.run("INSERT INTO identity_broker.migration VALUES (\(index + 1), 'earlier')")
            }
            let other = try await database.session()
            try await other.run("BEGIN")
            try await other.run("SELECT FROM identity_broker.migration")
            let store = try database.store()
            async let prepared: Void = store.prepare()
            try await database.waitForLock()
            #expect(try await other.run("SELECT max(number) FROM identity_broker.migration") == [["\(older)"]])
            try await other.run("COMMIT")
            try await prepared
            #expect(try await database.run("SELECT max(number) FROM identity_broker.migration") == [["\(newer)"]])
        }
    }
}
