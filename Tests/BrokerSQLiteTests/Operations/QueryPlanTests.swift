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

    @Test("uses an index, and sorts nothing", arguments: StoreStatement.allCases)
    func index(_ statement: StoreStatement) async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        let plan = try await Self.plan(of: statement.rawValue, in: store)
        // Subqueries alone have no table of their own to search.
        let steps = plan.filter { $0 != "SCAN CONSTANT ROW" }
        #expect(!steps.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
        let insertions: [StoreStatement] = [
            .reserve, .appendEvent, .makeAccount, .linkIdentity, .openGrant, .keepStoreTime, .ownRecord,
        ]
        let writesOnly = insertions.contains(statement)
        #expect(writesOnly || plan.contains { $0.hasPrefix("SEARCH") }, "\(plan)")
    }

    @Test("shows a missing index")
    func scan() async throws {
        let directory = try TemporaryDirectory()
        let store = try SQLiteStore(path: directory.database)
        let plan = try await Self.plan(of: "DELETE FROM reservation WHERE login = ?", in: store)
        #expect(plan.contains { $0.hasPrefix("SCAN") })
    }
}
