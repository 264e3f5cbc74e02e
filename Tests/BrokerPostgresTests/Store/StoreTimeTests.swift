import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("The store's time on PostgreSQL")
struct StoreTimeTests {
    @Test(
        "can be requested repeatedly, whatever year a clock shows",
        arguments: [2_026, 2_041, 2_050, 2_068, 2_106, 2_137, 2_200, 2_254])
    func years(_ year: Double) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let start = Date(timeIntervalSince1970: ((year - 1_970) * 365.2425 + 200) * 86_400)
            // Backward: the store follows at once.
            for step in 0..<8 {
                let date = start.addingTimeInterval(Double(-step) * 86_399.123_457)
                let now = Microseconds.date(since1970: Microseconds.since1970(date))
                #expect(try await store.believedTime(at: now) == now)
            }
        }
    }

    @Test("can be requested even if the table contains no valid date")
    func unrepresentable() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            _ = try await store.believedTime(at: .at(0))
            try await database.run(
                """
                UPDATE identity_broker.store_time SET believed = '2300-01-01 00:00:00.000001+00',
                    highest = '9999-12-31 23:59:59.999999+00', behind_since = '1066-10-14 09:00:00.000001+00',
                    ahead_since = '9999-12-31 23:59:59.999999+00', ahead_latest = '9999-12-31 23:59:59.999999+00'
                """)
            for second in [60.0, 120] { #expect(try await store.believedTime(at: .at(second)) == .at(second)) }
        }
    }

    @Test(
        "fails if another process always wins, and at once if no caller waits",
        arguments: [(isCancelled: false, attempts: 100), (true, 1)])
    func contention(isCancelled: Bool, attempts: Int) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            _ = try await store.believedTime(at: .at(0))
            // A trigger that leaves the row unchanged, as if it had changed since it was read, and counts the attempts.
            let statements = [
                "CREATE SEQUENCE identity_broker.attempt",
                """
                CREATE FUNCTION identity_broker.lose() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM nextval('identity_broker.attempt'); RETURN NULL; END $$
                """,
                """
                CREATE TRIGGER lose BEFORE UPDATE ON identity_broker.store_time
                FOR EACH ROW EXECUTE FUNCTION identity_broker.lose()
                """,
            ]
            for statement in statements { try await database.run(statement) }
            let call = Task {
                if isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
                _ = try await store.believedTime(at: .at(60))
            }
            let failure = await #expect(throws: StoreFailure.self) { try await call.value }
            #expect(failure?.mayHaveHappened == false)
            #expect(failure?.message.contains("Other processes changed the store's time") == true)
            let count = try await database.run("SELECT last_value FROM identity_broker.attempt")
            #expect(count == [["\(attempts)"]])
        }
    }

    @Test("is not believed while any table is missing", arguments: StoreStatements.rights.map(\.table))
    func missingTable(table: String) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            _ = try await store.believedTime(at: .at(0))
            try await database.run("ALTER TABLE identity_broker.\(table) RENAME TO elsewhere")
            let failure = await #expect(throws: StoreFailure.self) { try await store.believedTime(at: .at(60)) }
            #expect(failure?.reason == .incomplete)
            #expect(failure?.message.contains(table) == true)
        }
    }

    @Test("is stored with the high-water mark, which a clock that is behind does not lower")
    func highest() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let day = 86_400.0
            for second in [0, -100 * day] { _ = try await store.believedTime(at: .at(second)) }
            #expect(try await store.reserve(.example(until: -99 * day), at: .at(-100 * day)))
            try await store.append(.example(began: .at(-100 * day)))
            #expect(try await store.purge(at: .at(day - 1), atMost: 10) == 0)
            #expect(try await store.purge(at: .at(day), atMost: 10) == 1)
            #expect(try await store.purge(at: .at(90 * day), atMost: 10) == 0)
            #expect(try await store.purge(at: .at(90 * day + 1), atMost: 10) == 1)
        }
    }
}
