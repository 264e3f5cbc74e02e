import Foundation
import GRDB
import PostgresTesting
import Testing

/// What `broker config check` reports about the store and its keys is what `broker serve` finds.
@Suite("broker config check, and what is in the store", .timeLimit(.minutes(5)))
struct CheckedStoreTests {
    private static let key = "canary-key-encryption-key-58d1f2ab"

    private func configuration(in workspace: borrowing Workspace, stores: String, key: String = key) throws -> String {
        try workspace.configuration(
            document: """
                stores: \(stores)
                server:
                  listen: 127.0.0.1:0
                  issuer: http://127.0.0.1:8080
                  keyEncryptionKey: { literal: \(key) }
                  limits: { drainDelay: 0s }
                clients:
                  app: { secret: { literal: canary-client-secret-77aa }, audiences: [https://api.example.com] }
                """)
    }

    private func check(_ path: String, _ options: String...) async throws -> BrokerProcess.Outcome {
        try await BrokerProcess.run(["config", "check", "--config", path, "--format", "json"] + options)
    }

    /// Runs both, which must end with the same status and for the same reason.
    private func refuse(_ path: String, with status: Int32, mentioning text: String) async throws {
        let checked = try await check(path)
        let served = try await BrokerProcess.run("serve", "--config", path, "--format", "json")
        for outcome in [checked, served] {
            #expect(outcome.status == status, "\(outcome.error)")
            #expect((outcome.failure?["message"] as? String)?.contains(text) == true, "\(outcome.error)")
            #expect(!outcome.error.contains("canary"))
        }
    }

    /// Serves once, so that the store contains keys.
    private func makeKeys(_ path: String) async throws {
        let (status, error) = try await ServiceProcess.run(path) { _ in }
        try #require(status == 0, "\(error)")
    }

    @Test("A key encryption key that does not open the stored keys is refused, even offline")
    func keyRing() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: keys.sqlite }")
        try await makeKeys(path)
        let sound = try await check(path)
        #expect(sound.status == 0, "\(sound.error)")
        let other = try configuration(
            in: workspace, stores: "{ kind: sqlite, path: keys.sqlite }", key: "canary-another-encryption-key-77aa")
        try await refuse(other, with: 78, mentioning: "cannot be opened with this key-encryption key")
        try await refuse(other, with: 78, mentioning: "broker.yaml:17:21: ")
        try await refuse(
            other, with: 78, mentioning: "delete the row of the kind key_ring from the table stored_record")
        try await refuse(other, with: 78, mentioning: "refresh tokens remain valid")
        #expect(try await check(other, "--offline").status == 78)
    }

    @Test("The keys are checked while a service runs, which notices nothing")
    func beside() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: keys.sqlite }")
        let (status, error) = try await ServiceProcess.run(path) { service in
            let outcome = try await check(path)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(try await service.curl("/health/ready").status == 200)
        }
        #expect(status == 0, "\(error)")
    }

    @Test(
        "A database that serve would not open is refused",
        arguments: [
            ("INSERT INTO grdb_migrations VALUES ('of the future')", "newer version"),
            ("PRAGMA application_id = 1", "another program"),
        ]
    )
    func database(change: String, reason: String) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: it.sqlite }")
        #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
        let database = try DatabaseQueue(path: "\(workspace.directory)/it.sqlite")
        try await database.writeWithoutTransaction { try $0.execute(sql: change) }
        try database.close()
        try await refuse(path, with: 78, mentioning: reason)
    }

    @Test(
        "A database locked by another program can be used later",
        arguments: ["BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
    func locked(statements: String) async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: it.sqlite }")
        try await makeKeys(path)
        var configuration = GRDB.Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: "\(workspace.directory)/it.sqlite", configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: statements) }
        try await refuse(path, with: 75, mentioning: "lock")
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try other.close()
        #expect(try await check(path).status == 0)
    }

    @Test("A database with a second hard link is refused")
    func hardLink() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: it.sqlite }")
        #expect(try await BrokerProcess.run("store", "prepare", "--config", path).status == 0)
        try FileManager.default.linkItem(
            atPath: "\(workspace.directory)/it.sqlite", toPath: "\(workspace.directory)/other.sqlite")
        try await refuse(path, with: 78, mentioning: "hard links")
    }

    @Test("An unreachable server is not a configuration problem, and is not contacted offline")
    func away() async throws {
        let workspace = try Workspace()
        let url = "postgresql://me:canary-password@/x?host=/nonexistent"
        let path = try configuration(in: workspace, stores: "{ kind: postgres, url: { literal: \"\(url)\" } }")
        let outcome = try await check(path)
        #expect(outcome.status == 75)
        #expect(outcome.failure?["kind"] as? String == "unavailable")
        #expect(outcome.error.contains("/nonexistent"))
        #expect(try await BrokerProcess.run("serve", "--config", path).status == 75)
        #expect(try await check(path, "--offline").status == 0)
    }

    @Test("A PostgreSQL standby accepts no writes, which may change")
    func standby() async throws {
        let server = try await PostgresServer()
        let database = try await server.database()
        let workspace = try Workspace()
        let path = try configuration(
            in: workspace, stores: "{ kind: postgres, url: { literal: \"\(database.url)\" } }")
        try await makeKeys(path)
        try await server.becomeStandby()
        try await refuse(path, with: 75, mentioning: "takes no writes")
    }

    @Test("A key encryption key that does not open the stored keys is refused before an update of the tables")
    func keyRingBeforeUpdate() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let workspace = try Workspace()
            let stores = "{ kind: postgres, url: { literal: \"\(database.url)\" } }"
            try await makeKeys(configuration(in: workspace, stores: stores))
            try await database.run("DELETE FROM identity_broker.migration WHERE number > 2")
            try await database.run(
                "CREATE TABLE identity_broker.key_ring AS SELECT 1 AS id, version, body AS sealed FROM identity_broker.stored_record"
            )
            try await database.run("DROP TABLE identity_broker.store_time, identity_broker.account_contact")
            try await database.run("ALTER TABLE identity_broker.account DROP COLUMN version")
            try await database.run(
                """
                CREATE TABLE identity_broker.account_grant (
                    id uuid PRIMARY KEY, account uuid NOT NULL REFERENCES identity_broker.account, client text NOT NULL,
                    provider text NOT NULL, opened timestamptz NOT NULL, expiry timestamptz NOT NULL,
                    is_revoked boolean NOT NULL, version bigint NOT NULL, details text NOT NULL
                )
                """)
            try await database.run("DROP TABLE identity_broker.record_owner, identity_broker.stored_record")
            try await database.run("ALTER TABLE identity_broker.audit_event DROP COLUMN recorded")
            let other = try configuration(in: workspace, stores: stores, key: "canary-another-encryption-key-77aa")
            try await refuse(other, with: 78, mentioning: "cannot be opened with this key-encryption key")
        }
    }

    @Test("A dangling symbolic link is refused")
    func danglingLink() async throws {
        let workspace = try Workspace()
        let path = try configuration(in: workspace, stores: "{ kind: sqlite, path: it.sqlite }")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workspace.directory)/it.sqlite", withDestinationPath: "missing.sqlite")
        try await refuse(path, with: 78, mentioning: "symbolic link")
    }

    @Test("The keys in a PostgreSQL database are checked, and its tables are not created")
    func postgres() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let workspace = try Workspace()
            let stores = "{ kind: postgres, url: { literal: \"\(database.url)\" } }"
            let path = try configuration(in: workspace, stores: stores)
            let empty = try await check(path)
            #expect(empty.status == 0, "\(empty.error)")
            let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'identity_broker'"
            #expect(try await database.run(schemas) == [["0"]])
            try await makeKeys(path)
            #expect(try await check(path).status == 0)
            let other = try configuration(in: workspace, stores: stores, key: "canary-another-encryption-key-77aa")
            try await refuse(other, with: 78, mentioning: "cannot be opened with this key-encryption key")
            #expect(try await check(other, "--offline").status == 0)
        }
    }
}
