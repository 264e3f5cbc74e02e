import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The plan of a statement on records")
struct RecordPlanTests {
    /// The query plans of these statements with tables of realistic size, one text each.
    private func plans(of statements: [Statement], in database: PostgresDatabase) async throws -> [String] {
        try await database.store().prepare()
        let session = try await database.session()
        let fill = [
            """
            INSERT INTO identity_broker.stored_record (kind, id, version, kept, owners, body)
            SELECT 'kind-' || n % 5, 'id-' || n, 1, now() + n * interval '1 hour', '', ''
            FROM generate_series(1, 20000) AS n
            """,
            """
            INSERT INTO identity_broker.record_owner SELECT 'session', 'id-' || n % 4000, 'kind-' || n % 5, 'id-' || n
            FROM generate_series(1, 20000) AS n
            """,
            "ANALYZE identity_broker.stored_record", "ANALYZE identity_broker.record_owner",
        ]
        for sql in fill { try await session.run(sql) }
        var plans: [String] = []
        for statement in statements {
            let rows = try await session.run("EXPLAIN (COSTS OFF) \(statement.sql)", statement.arguments)
            plans.append(rows.compactMap { $0.first ?? nil }.joined(separator: "\n"))
        }
        return plans
    }

    @Test("uses an index")
    func index() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let statements = try database.store().statements
            let (key, owner) = (StoredRecord.example(1).key, RecordOwner.example(1))
            let plan = try RecordPlan(
                [
                    .put(.example(1)), .require(.example(2), version: 1), .consume(.example(3)), .delete(.example(4)),
                    .deleteAll(ownedBy: owner),
                ], at: .at(0))
            let selections: [RecordSelection] = [
                .all("example"), .owned(by: owner), .owned(by: owner, kind: "example"),
            ]
            let reads = selections.map { statements.records($0, after: key, atMost: 10, at: .at(0)) }
            let asked =
                [statements.record(key, at: .at(0))] + reads + statements.commit(plan, recording: [])
                + [statements.purge(at: .at(0), eventsBefore: .at(0), atMost: 10)]
            for plan in try await plans(of: asked, in: database) {
                let isScanned = ["stored_record", "record_owner"].contains { plan.contains("Seq Scan on \($0)") }
                #expect(!isScanned, "\(plan)")
            }
        }
    }

    @Test("shows a missing index")
    func scan() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let all = Statement("SELECT FROM identity_broker.stored_record WHERE owners = $1", ["none"])
            let plans = try await plans(of: [all], in: database)
            #expect(plans[0].contains("Seq Scan on stored_record"), "\(plans)")
        }
    }
}

extension RecordKey {
    fileprivate static func example(_ number: Int) -> RecordKey { StoredRecord.example(number).key }
}
