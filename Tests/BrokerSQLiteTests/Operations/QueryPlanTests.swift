import Foundation
import GRDB
import Testing

@testable import BrokerSQLite

@Suite("The plan of a statement")
struct QueryPlanTests {
    private static func plan(of sql: String, in store: SQLiteStore) async throws -> [String] {
        try await store.connection.read { database in
            let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
            statement.setUncheckedArguments(StatementArguments())
            return try Row.fetchAll(statement).map { $0["detail"] }
        }
    }

    private static func scansOrSorts(_ plan: [String]) -> Bool {
        // Subqueries alone have no table of their own to search.
        let steps = plan.filter { $0 != "SCAN CONSTANT ROW" }
        return steps.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }
    }

    @Test("uses an index, and sorts nothing", arguments: StoreStatement.allCases)
    func index(_ statement: StoreStatement) async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        let plan = try await Self.plan(of: statement.sql, in: store)
        #expect(!Self.scansOrSorts(plan), "\(plan)")
        let insertions: [StoreStatement] = [
            .reserve, .appendEvent, .makeAccount, .linkIdentity, .keepStoreTime, .ownRecord,
        ]
        let writesOnly = insertions.contains(statement)
        #expect(writesOnly || plan.contains { $0.hasPrefix("SEARCH") }, "\(plan)")
    }

    /// 100,000, or as many as are asked for.
    private static let rows = ProcessInfo.processInfo.environment["BROKER_TEST_RECORDS"].flatMap { Int($0) } ?? 100_000

    @Test("uses an index in large tables, whose contents the planner knows")
    func largeTables() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        try await store.execute(Self.filling)
        for statement in StoreStatement.allCases {
            let plan = try await Self.plan(of: statement.sql, in: store)
            #expect(!Self.scansOrSorts(plan), "\(statement): \(plan)")
        }
    }

    /// Fills every table that grows: a login and an account each, and records of five kinds and 20,000 owners.
    private static let filling = """
        CREATE TEMP TABLE number AS
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(rows))
        SELECT n FROM numbers;
        INSERT INTO reservation (key, login, expiry, is_spent) SELECT CAST('key ' || n AS BLOB), 'login', n, n % 2 FROM number;
        INSERT INTO audit_event (login, began, duration, provider, credential_kind, credential, notices)
        SELECT 'login ' || n, n, 1, 'wxapp', 'ticket', 'spent', '[]' FROM number;
        INSERT INTO account (id, made) SELECT 'account ' || n, n FROM number;
        INSERT INTO account_identity (
            account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
        ) SELECT 'account ' || n, 'https://issuer.example', 'subject ' || n, 'wxapp', '[]', '{}', n, n FROM number;
        INSERT INTO account_contact (identity, kind, value)
        SELECT id, 'email', 'person-' || id % 50000 || '@example.com' FROM account_identity;
        INSERT INTO stored_record (kind, id, version, expiry, kept, owners, body)
        SELECT 'kind_' || n % 5, 'id-' || n, 1, n, n, 'session:' || n % 20000, x'' FROM number;
        INSERT INTO record_owner (owner_kind, owner_id, kind, id)
        SELECT 'session', n % 20000, 'kind_' || n % 5, 'id-' || n FROM number;
        INSERT INTO store_time (id, believed, highest) VALUES (1, 1, 1);
        ANALYZE;
        """

    @Test("shows a missing index")
    func scan() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        let plan = try await Self.plan(of: "DELETE FROM reservation WHERE login = ?", in: store)
        #expect(plan.contains { $0.hasPrefix("SCAN") })
    }
}
