import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The store kind postgres")
struct StoreKindTests {
    /// Captures a decoder, for code that needs one.
    private struct Probe: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) throws {
            self.decoder = decoder
        }
    }

    private func store(_ json: String) throws -> any BrokerStore {
        let decoder = try JSONDecoder().decode(Probe.self, from: Data(json.utf8)).decoder
        return try StoreKind.postgres.makeStore(decoder, StoreContext())
    }

    @Test("keeps its tables in the configured schema")
    func schema() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try store(#"{"url":{"literal":"\#(database.url)"},"schema":"elsewhere","connections":1}"#)
            try await store.append(.example())
            #expect(try await database.run("SELECT count(*) FROM elsewhere.audit_event") == [["1"]])
        }
    }

    @Test(
        "reports problems before contacting a server",
        arguments: [
            #"{"url":{"env":"BROKER_TEST_UNSET_VARIABLE"}}"#, #"{"url":{"literal":"nonsense"}}"#,
            #"{"url":{"literal":"postgresql:///x"},"schema":"A"}"#,
            #"{"url":{"literal":"postgresql:///x"},"connections":0}"#,
        ]
    )
    func refusal(settings: String) {
        let error = #expect(throws: BrokerError.self) { try store(settings) }
        #expect(error?.kind == .misconfigured)
    }

    private static let record = StoredRecord(
        key: RecordKey(kind: "key_ring", id: "current"), expiry: nil, body: Data([1, 0, 2]))

    private func check(_ url: String, isOffline: Bool = false) throws -> StoreInspection {
        let json = #"{"url":{"literal":"\#(url)"}}"#
        let decoder = try JSONDecoder().decode(Probe.self, from: Data(json.utf8)).decoder
        let keys = [RecordKey(kind: "example", id: "missing"), Self.record.key]
        return try StoreKind.postgres.check(
            decoder, StoreContext(), StoreInspection.Scope(isOffline: isOffline, records: keys))
    }

    /// The check's error for a database.
    private func refusal(of database: PostgresDatabase, user: String = "broker") -> BrokerError? {
        #expect(throws: BrokerError.self) { try check(database.server.url(database: database.name, user: user)) }
    }

    @Test("a check of an empty or prepared database finds nothing, and creates nothing")
    func sound() async throws {
        try await PostgresServer.shared.withDatabase { database in
            #expect(try check(database.url) == StoreInspection())
            let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'identity_broker'"
            #expect(try await database.run(schemas) == [["0"]])
            let store = try database.store()
            try await store.prepare()
            #expect(try check(database.url) == StoreInspection())
            #expect(try await store.commit([.put(Self.record)], at: .at(0)) == .done(consumed: []))
            #expect(try check(database.url).records == [Self.record])
            #expect(try check(database.url, isOffline: true).records.isEmpty)
            await store.close()
        }
    }

    /// Makes the fourth version's tables, and its key ring.
    private func prepareEarlier(_ database: PostgresDatabase) async throws {
        let store = try database.store()
        #expect(try await store.commit([.put(Self.record)], at: .at(0)) == .done(consumed: []))
        await store.close()
        try await database.run("DELETE FROM identity_broker.migration WHERE number > 4")
        try await database.run(
            "CREATE TABLE identity_broker.key_ring AS SELECT 1 AS id, version, body AS sealed FROM identity_broker.stored_record"
        )
        try await database.run("TRUNCATE identity_broker.stored_record CASCADE")
    }

    @Test("a check reads the key ring even before the migration that makes it a record")
    func keysBeforeUpdate() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await prepareEarlier(database)
            #expect(try check(database.url).records == [Self.record])
            try await database.run("DELETE FROM identity_broker.migration WHERE number > 2")
            try await database.run("DROP TABLE identity_broker.store_time")
            try await database.run("DROP TABLE identity_broker.record_owner, identity_broker.stored_record")
            #expect(try check(database.url).records == [Self.record])
            // The first version had no key ring.
            try await database.run("DELETE FROM identity_broker.migration WHERE number > 1")
            try await database.run("DROP TABLE identity_broker.key_ring")
            #expect(try check(database.url) == StoreInspection())
        }
    }

    @Test("a check reads the tables that it has found, since nobody can migrate in between", .timeLimit(.minutes(1)))
    func keysDuringUpdate() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await prepareEarlier(database)
            let (blocker, migrating) = (try await database.session(), try await database.session())
            try await blocker.run("BEGIN")
            try await blocker.run("LOCK TABLE identity_broker.key_ring IN ACCESS EXCLUSIVE MODE")
            let url = database.url
            let checking = Task.detached { try check(url).records }
            try await database.waitForLock()
            let lock = "LOCK TABLE identity_broker.migration IN ACCESS EXCLUSIVE MODE NOWAIT"
            try await migrating.run("BEGIN")
            await #expect(throws: PostgresFailure.self) { try await migrating.run(lock) }
            try await migrating.run("ROLLBACK")
            try await blocker.run("ROLLBACK")
            #expect(try await checking.value == [Self.record])
            try await migrating.run("BEGIN")
            try await migrating.run(lock)
            try await migrating.run("ROLLBACK")
        }
    }

    @Test("a check and a store report a standby as read-only, but write if that is only a default")
    func readOnly() async throws {
        let server = try await PostgresServer()
        let database = try await server.database()
        try await database.run("ALTER DATABASE \(database.name) SET default_transaction_read_only = on")
        let store = try database.store()
        try await store.append(.example())
        await store.close()
        #expect(try check(database.url) == StoreInspection())
        try await server.becomeStandby()
        let checked = refusal(of: database)
        #expect(checked?.kind == .unavailable)
        let words = "it is a standby, which takes no writes; point the url at the primary."
        #expect(checked?.message.hasSuffix(words) == true)
        let opened = try database.store()
        let failure = await #expect(throws: StoreFailure.self) { try await opened.newestEvents(1) }
        #expect(failure?.reason == .readOnly)
        #expect(failure?.message.contains("it is a standby") == true)
        await opened.close()
    }

    @Test("a check refuses tables of a newer version, and a database of another encoding")
    func unsuitable() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            try await store.prepare()
            await store.close()
            try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'later')")
            let newer = refusal(of: database)
            #expect(newer?.kind == .misconfigured && newer?.message.contains("newer version") == true)
        }
        let database = try await PostgresServer.shared
            .database(options: "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        let encoding = refusal(of: database)
        #expect(encoding?.kind == .misconfigured && encoding?.message.contains("LATIN1") == true)
        try await database.drop()
    }

    @Test("a check says which privileges the user lacks: to create, see or use the tables")
    func rights() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let service = "service_\(database.name)"
            try await database.run("CREATE ROLE \(service) LOGIN")
            let none = refusal(of: database, user: service)
            #expect(none?.kind == .misconfigured)
            #expect(none?.message.contains("no schema identity_broker, and the user may not make one") == true)
            #expect(none?.message.contains("run `broker store prepare`") == true)

            let store = try database.store()
            try await store.prepare()
            await store.close()
            let unseen = refusal(of: database, user: service)
            #expect(unseen?.kind == .misconfigured && unseen?.message.contains("permission denied") == true)

            let grants = "GRANT USAGE ON SCHEMA identity_broker TO \(service)"
            try await database.run(grants)
            try await database.run("GRANT SELECT ON ALL TABLES IN SCHEMA identity_broker TO \(service)")
            let readOnly = refusal(of: database, user: service)
            #expect(readOnly?.kind == .misconfigured)
            let message = readOnly?.message ?? ""
            #expect(message.contains("INSERT, UPDATE, DELETE on reservation"), "\(message)")
            #expect(message.contains("INSERT, UPDATE on store_time"), "\(message)")
            let opened = try PostgresStore(url: Secret(database.server.url(database: database.name, user: service)))
            let failure = await #expect(throws: StoreFailure.self) { try await opened.newestEvents(1) }
            #expect(failure?.reason == .denied)
            #expect(failure?.message.contains("INSERT, UPDATE, DELETE on reservation") == true)
            await opened.close()

            let tables = [
                "reservation", "audit_event", "account", "account_identity", "account_contact", "store_time",
                "stored_record", "record_owner",
            ]
            for table in tables {
                try await database.run("GRANT INSERT, UPDATE, DELETE ON identity_broker.\(table) TO \(service)")
            }
            #expect(try check(database.server.url(database: database.name, user: service)) == StoreInspection())

            try await database.run("DELETE FROM identity_broker.migration WHERE number > 1")
            let older = refusal(of: database, user: service)
            #expect(older?.message.contains("the user may not make or change them") == true)
            try await database.run("DROP OWNED BY \(service)")
            try await database.run("DROP ROLE \(service)")
        }
    }

    @Test("a check reports an unreachable server as temporary, not as a problem of the settings")
    func unreachable() {
        let error = #expect(throws: BrokerError.self) { try check("postgresql://x@/x?host=/nonexistent") }
        #expect(error?.kind == .unavailable)
    }

    @Test(
        "a check warns if a remote server's certificate is not verified",
        arguments: [
            ("postgresql://x@db.example/x?sslmode=require", 1), ("postgresql://x@db.example/x?sslmode=disable", 1),
            ("postgresql://x@db.example/x?sslmode=verify-full", 0), ("postgresql://x@db.example/x", 0),
            ("postgresql://x@localhost/x?sslmode=disable", 0),
        ]
    )
    func advice(url: String, count: Int) throws {
        #expect(try check(url, isOffline: true).advice.count == count)
    }

    @Test("names the settings that it decodes, of which only url is required")
    func settings() {
        let settings = StoreKind.postgres.settings
        #expect(
            settings.map(\.key) == [
                "url", "schema", "connections", "connectTimeout", "statementTimeout", "auditRetention",
            ])
        #expect(settings.filter(\.isRequired).map(\.key) == ["url"])
    }
}
