import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The tables of a PostgreSQL store")
struct MigratorTests {
    private func failure(of database: PostgresDatabase, user: String = "broker") async throws -> StoreFailure? {
        let store = try database.store(user: user)
        do throws(StoreFailure) {
            _ = try await store.newestEvents(1)
            return nil
        } catch {
            return error
        }
    }

    @Test("are created once, however many stores are opened at the same moment")
    func race() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { _ = try await database.store().newestEvents(1) }
                }
                try await group.waitForAll()
            }
            #expect(
                try await database.run("SELECT number FROM identity_broker.migration ORDER BY number")
                    == (1...Migration.all.count).map { ["\($0)"] })
        }
    }

    @Test("of a newer version are not touched")
    func newer() async throws {
        try await PostgresServer.shared.withDatabase { database in
            #expect(try await failure(of: database) == nil)
            try await database.run("INSERT INTO identity_broker.migration VALUES (1000, 'later')")
            let failure = try await failure(of: database)
            #expect(failure?.message.contains("newer version of the broker") == true)
            #expect(failure?.mayHaveHappened == false)
        }
    }

    @Test("require a Unicode database")
    func encoding() async throws {
        let server = try await PostgresServer.shared
        let database = try await server.database(options: "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        let failure = try await failure(of: database)
        #expect(failure?.message.contains("its encoding is LATIN1") == true)
        try await database.drop()
    }

    @Test("can be used by a user with read and write privileges, and created by one with create privileges")
    func leastPrivilege() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let service = "service_\(database.name)"
            try await database.run("CREATE ROLE \(service) LOGIN")
            let before = try await failure(of: database, user: service)
            #expect(before?.message.contains("run `broker store prepare` as a user who may make") == true)

            #expect(try await failure(of: database) == nil)
            for grant in try documentedRights(of: service) { try await database.run(grant) }
            let store = try database.store(user: service)
            let reservation = OneTimeReservation.example()
            #expect(try await store.reserve(reservation, at: .at(0)))
            #expect(try await !store.reserve(.example(), at: .at(0)))
            try await store.conclude(reservation, as: .spent, recording: .example())
            #expect(try await store.newestEvents(10).count == 1)
            let signIn = SignIn.example(email: "ada@example.com", putting: [.fresh(until: 100)])
            let account = try await store.signIn(signIn, spending: nil, recording: .example())
            #expect(try await store.signIn(.example(), spending: nil, recording: .example()) == account)
            #expect(try await store.account(account)?.identities.count == 1)
            #expect(try await store.account(account)?.version == 2)
            #expect(try await store.accounts(with: .email, "ada@example.com", atMost: 1).isEmpty)
            #expect(try await store.record(signIn.records[0].key, at: .at(0))?.owners == [.account(account)])
            for _ in 1...2 { #expect(try await store.believedTime(at: .at(60)) == .at(60)) }
            try await keepRecords(in: store)
            #expect(try await store.purge(at: .at(100 * 86_400), atMost: 10) == 6)
            await #expect(throws: (any Error).self) {
                try await PostgresSession(url: database.server.url(database: database.name, user: service))
                    .run("CREATE TABLE identity_broker.mine (x int)")
            }
            await store.close()
            try await database.run("DROP OWNED BY \(service)")
            try await database.run("DROP ROLE \(service)")
        }
    }

    /// Performs every operation on records, and leaves one record.
    private func keepRecords(in store: PostgresStore) async throws {
        let records = (1...4).map { StoredRecord.example($0) }
        let puts = records.map { StoreOperation.put($0) }
        #expect(try await store.commit(puts, at: .at(60)) == .done(consumed: []))
        var next = records[0]
        next.version = 2
        next.owners = [.account(AccountID(UUID()))]
        let operations: [StoreOperation] = [
            .put(next), .consume(records[1].key), .delete(records[2].key), .deleteAll(ownedBy: .example(4)),
        ]
        #expect(try await store.commit(operations, at: .at(60)) == .done(consumed: [records[1]]))
        #expect(try await store.record(next.key, at: .at(60)) == next)
        let page = try await store.records(.all("example"), after: nil, atMost: 10, at: .at(60))
        #expect(page.records == [next])
    }

    /// The statements that the documentation shows, for a user of this name.
    private func documentedRights(of user: String) throws -> [String] {
        let guide = URL(filePath: #filePath).appending(path: "../../../../Documentation/Stores.md").standardized
        let lines = try String(contentsOf: guide, encoding: .utf8).split(separator: "\n")
        let grants = lines.filter { $0.hasPrefix("GRANT ") && $0.hasSuffix(" TO broker_service;") }
        #expect(grants.count == 10)
        return grants.map { String($0.dropLast()).replacing("broker_service", with: user) }
    }

    @Test("need exactly the privileges that the documentation grants and the check looks for")
    func rights() async throws {
        let grants = try documentedRights(of: "service")
        let documented: [(String, Set<String>)] = try grants.compactMap { grant in
            let form = /GRANT (?<rights>.+) ON (?<schema>SCHEMA )?(identity_broker\.)?(?<table>\w+) TO service/
            let parts = try #require(try form.wholeMatch(in: grant), "\(grant)")
            // The check itself needs the right to use the schema and to read the version.
            guard parts.schema == nil, parts.table != "migration" else { return nil }
            return (String(parts.table), Set(parts.rights.split(separator: ", ").map(String.init)))
        }
        let checked = StoreStatements.rights.map { ($0.table, Set($0.rights)) }
        #expect(Dictionary(uniqueKeysWithValues: checked) == Dictionary(uniqueKeysWithValues: documented))
        try await PostgresServer.shared.withDatabase { database in
            try await database.store().prepare()
            let tables = try await database.run(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'identity_broker' AND tablename <> 'migration'")
            #expect(Set(tables.map { $0[0] ?? "" }) == Set(checked.map(\.0)))
        }
    }

    @Test("of the version before the contacts find accounts by what their claims say is verified")
    func contacts() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let session = try await database.session()
            try await session.run("CREATE SCHEMA identity_broker")
            try await session.run(
                """
                CREATE TABLE identity_broker.migration (
                    number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now()
                )
                """)
            let earlier = Migration.all.prefix { $0.name != "verified contacts" }
            for (index, migration) in earlier.enumerated() {
                for statement in migration.statements("identity_broker") { try await session.run(statement) }
                try await session.run("INSERT INTO identity_broker.migration VALUES (\(index + 1), 'earlier')")
            }
            let claims = [
                #"{"email":"a@example.com","email_verified":true,"phone_number":"+1","phone_number_verified":false}"#,
                #"{"name":"\\","email":"b\\c@example.com","email_verified":true,"phone_number":"+2"}"#,
                #"{"email":"c@example.com","email_verified":"true"}"#, "no JSON", #"{"email":1,"email_verified":true}"#,
                "[]",
            ]
            let accounts = claims.map { _ in AccountID(UUID()) }
            for (number, (account, claims)) in zip(accounts, claims).enumerated() {
                try await session.run("INSERT INTO identity_broker.account VALUES ('\(account)', now())")
                try await session.run(
                    """
                    INSERT INTO identity_broker.account_identity (
                        account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
                    ) VALUES ('\(account)', 'https://issuer.example', '\(number)', 'wxapp', '[]', $1, now(), now())
                    """, [StorableText.stored(claims)])
            }
            let store = try database.store()
            #expect(try await store.accounts(with: .email, "a@example.com", atMost: 9) == [accounts[0]])
            #expect(try await store.accounts(with: .email, #"b\c@example.com"#, atMost: 9) == [accounts[1]])
            let count = try await session.run("SELECT count(*) FROM identity_broker.account_contact")
            #expect(count == [["2"]])
            #expect(try await store.account(accounts[1])?.contacts.map(\.value) == [#"b\c@example.com"#])
        }
    }

    @Test("of the first version keep their contents, and can still be written by a process of that version")
    func firstVersion() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let session = try await database.session()
            try await session.run("CREATE SCHEMA identity_broker")
            try await session.run(
                """
                CREATE TABLE identity_broker.migration (
                    number integer PRIMARY KEY, name text NOT NULL, applied timestamptz NOT NULL DEFAULT now()
                )
                """)
            for statement in Migration.all[0].statements("identity_broker") { try await session.run(statement) }
            try await session.run("INSERT INTO identity_broker.migration VALUES (1, 'first')")
            let reservation = OneTimeReservation.example(1)
            try await session.run(
                """
                INSERT INTO identity_broker.reservation VALUES (
                    '\\x\(reservation.key.hexadecimal)', gen_random_uuid(), now(), 'infinity', true
                )
                """)
            let write = """
                INSERT INTO identity_broker.audit_event (
                    login, began, duration, provider, credential_kind, credential, notices
                ) VALUES (gen_random_uuid(), now(), '1s', 'old', 'ticket', 'spent', '{}')
                """
            try await session.run(write)
            let store = try database.store()
            try await store.prepare()
            try await session.run(write)
            let events = try await store.newestEvents(10)
            #expect(events.map(\.action) == [.login, .login])
            #expect(events.map(\.client) == [nil, nil])
            #expect(try await !store.reserve(reservation, at: .at(0)))
            #expect(abs(try await store.believedTime(at: .distantFuture).timeIntervalSinceNow) < 600)
            let signIn = SignIn.example()
            #expect(try await store.signIn(signIn, spending: nil, recording: .example()) == signIn.newAccount)
        }
    }

    @Test("prevent changes of events")
    func appendOnly() async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await database.store().append(.example())
            await #expect(throws: PostgresFailure.self) {
                try await database.run("UPDATE identity_broker.audit_event SET subject = 'somebody else'")
            }
        }
    }
}
