import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The plan of a statement, in large tables")
struct QueryPlanTests {
    /// 100,000, or as many as are asked for.
    private static let rows = ProcessInfo.processInfo.environment["BROKER_TEST_RECORDS"].flatMap { Int($0) } ?? 100_000

    private static let tables = [
        "reservation", "audit_event", "account", "account_identity", "account_contact", "stored_record",
        "record_owner",
    ]

    /// Fills every table that grows: a login and an account each, and records of five kinds and 20,000 owners.
    private static let filling = [
        """
        INSERT INTO reservation SELECT sha256(n::text::bytea), md5(n::text)::uuid, now(), now() + n * second, n % 2 = 0
        """,
        """
        INSERT INTO audit_event (login, began, duration, provider, credential_kind, credential, notices)
        SELECT md5(n::text)::uuid, now() - n * second, second, 'wxapp', 'ticket', 'spent', '{}'
        """,
        "INSERT INTO account SELECT md5(n::text)::uuid, now()",
        """
        INSERT INTO account_identity (
            account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
        ) SELECT md5(n::text)::uuid, 'https://issuer.example', 'subject ' || n, 'wxapp', '[]', '{}', now(), now()
        """,
        "INSERT INTO account_contact SELECT n, 'email', 'person-' || n % 50000 || '@example.com'",
        """
        INSERT INTO stored_record (kind, id, version, expiry, kept, owners, body)
        SELECT 'kind_' || n % 5, 'id-' || n, 1, now() + n * second, now() + n * second, 'session:id-' || n % 20000, ''
        """,
        "INSERT INTO record_owner SELECT 'session', 'id-' || n % 20000, 'kind_' || n % 5, 'id-' || n",
    ]

    /// The query plans of these statements, one text each.
    private func plans(of statements: [Statement], in database: PostgresDatabase) async throws -> [String] {
        let store = try database.store()
        _ = try await store.believedTime(at: .at(0))
        await store.close()
        let session = try await database.session()
        try await session.run("SET search_path TO identity_broker")
        for sql in Self.filling {
            try await session.run(
                "\(sql) FROM generate_series(1, \(Self.rows)) AS n, (SELECT interval '1 second') AS s (second)")
        }
        try await session.run("ANALYZE")
        var plans: [String] = []
        for statement in statements {
            let rows = try await session.run("EXPLAIN (COSTS OFF) \(statement.sql)", statement.arguments)
            plans.append(rows.compactMap { $0.first ?? nil }.joined(separator: "\n"))
        }
        return plans
    }

    private func isScanned(_ plan: String) -> Bool {
        Self.tables.contains { plan.contains("Seq Scan on \($0)") }
    }

    @Test("uses an index", .timeLimit(.minutes(5)))
    func index() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let statements = try database.store().statements
            for plan in try await plans(of: reads(statements) + writes(statements), in: database) {
                #expect(!isScanned(plan), "\(plan)")
            }
        }
    }

    private func reads(_ statements: StoreStatements) -> [Statement] {
        let (key, owner) = (StoredRecord.example(1).key, RecordOwner.example(1))
        let selections: [RecordSelection] = [
            .all("kind_1"), .owned(by: owner), .owned(by: owner, kind: "kind_1"),
        ]
        return [
            statements.storeTime, statements.oldestEvent,
            statements.newestEvents(before: nil, atMost: 500), statements.newestEvents(before: "50000", atMost: 500),
            statements.identities(of: AccountID(UUID())),
            statements.accounts(with: .email, "ada@example.com", atMost: 10),
            statements.record(key, at: .at(0)),
            statements.anyRecord(key),
        ] + selections.map { statements.records($0, after: key, atMost: 10, at: .at(0)) }
    }

    /// Without ``StoreStatements/everyTable``, which scans all tables and reads no row.
    private func writes(_ statements: StoreStatements) throws -> [Statement] {
        let reservations = (1...3).map { OneTimeReservation.example(UInt8($0)) }
        let event = try StoredEvent(.example())
        let signIns = ["one", "two", "three"].map {
            StoredSignIn(.example($0, email: "ada@example.com", putting: [.fresh(), .example($0.count)]))
        }
        // The first has an account and another contact, and a record in the place of one that has expired.
        let key = signIns[0].key
        let found = FoundIdentity(
            account: AccountID(UUID()), firstLogin: .at(-1), lastLogin: .at(-1),
            contacts: [VerifiedContact(kind: .phone, value: "+12345678", identity: key)])
        let signInPlan = SignInPlan(
            signIns, found: [0: found], standing: [0: SignInPlan.Standing(version: 1, isFree: true)])
        let plan = try CommitPlan(
            [
                .put(.example(1)), .require(.example(2), version: 1), .consume(.example(3)), .delete(.example(4)),
                .deleteAll(ownedBy: .example(1)),
            ], at: .at(0))
        let requests = reservations.map { ReservationRequest(reservation: $0, now: .at(0)) }
        return [
            statements.reserve(requests), statements.keep(StoreTime(believed: .at(0)), inPlaceOf: nil),
            statements.settle(reservations.map { PendingOperation.Settlement(reservation: $0, outcome: .spent) }),
            statements.append([event]),
            statements.purge(at: .now + 50_000, eventsBefore: .now - 50_000, atMost: 500),
        ] + statements.lookUp(signIns) + statements.keep(signInPlan) + statements.put(signInPlan.puts)
            + statements.commit(plan, for: nil, recording: [event])
    }

    @Test("shows a missing index")
    func scan() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let all = Statement("SELECT FROM identity_broker.stored_record WHERE owners = $1", ["none"])
            let plans = try await plans(of: [all], in: database)
            #expect(plans.allSatisfy(isScanned))
        }
    }
}

extension RecordKey {
    fileprivate static func example(_ number: Int) -> RecordKey { StoredRecord.example(number).key }
}
