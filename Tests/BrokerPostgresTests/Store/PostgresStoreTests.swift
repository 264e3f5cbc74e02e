import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("A store on PostgreSQL")
struct PostgresStoreTests {
    @Test("keeps any text, NUL and backslash included")
    func texts() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let events = ["a\u{0}b", #"\0"#, "\u{0}", #"\\"#].map { AuditEvent.example($0) }
            for event in events { try await store.append(event) }
            #expect(try await store.newestEvents(10) == events)
        }
    }

    @Test("reads more events than it reads at a time")
    func pages() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let events = (0..<1_203).map { AuditEvent.example("\($0)") }
            try await withThrowingTaskGroup { group in
                for event in events { group.addTask { try await store.append(event) } }
                try await group.waitForAll()
            }
            #expect(Set(try await store.newestEvents(2_000)) == Set(events))
            #expect(try await store.newestEvents(1_001).count == 1_001)
        }
    }

    @Test("forgets half and half where much is old, one replica at a time")
    func purge() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            for number in 0..<10 {
                let reservation = OneTimeReservation.example(UInt8(number))
                #expect(try await store.reserve(reservation, at: .at(0)))
                try await store.conclude(reservation, as: .spent, recording: .example())
            }
            let later = Date.at(100 * 86_400)
            let replica = try await database.session()
            try await replica.run("BEGIN")
            try await replica.run(
                #"SELECT pg_advisory_xact_lock(hashtextextended('identity-broker purge "identity_broker"', 0))"#)
            #expect(try await store.purge(at: later, atMost: 6) == 0)
            try await replica.run("ROLLBACK")
            #expect(try await store.purge(at: later, atMost: 6) == 6)
            #expect(try await store.newestEvents(100).count == 7)
            #expect(try await store.purge(at: later, atMost: 100) == 14)
        }
    }

    @Test(
        "waits for the server's disk, whatever the database is set to", arguments: [("off", "on"), ("local", "local")])
    func durability(setting: String, effective: String) async throws {
        try await PostgresServer.shared.withDatabase { database in
            try await database.run("ALTER DATABASE \(database.name) SET synchronous_commit = \(setting)")
            let connection = try PostgresConnection(to: ConnectionTarget(Secret(database.url)), within: .seconds(10))
            let answers = try connection.run(
                [Statement("SELECT current_setting('synchronous_commit')")],
                in: Transaction(statementTimeout: .seconds(5))
            )
            #expect(answers.first?.rows == [[effective]])
        }
    }

    @Test("fails in time on a server that does not answer")
    func hanging() async throws {
        try await PostgresServer.shared.withDatabase { database in
            var options = PostgresOptions()
            options.statementTimeout = .milliseconds(200)
            let store = try database.store(options: options)
            _ = try await store.newestEvents(1)
            let session = try await database.session()
            try await session.run("BEGIN")
            try await session.run("LOCK TABLE identity_broker.reservation")
            let failure = await #expect(throws: StoreFailure.self) { try await store.reserve(.example(), at: .at(0)) }
            #expect(failure?.mayHaveHappened == false)
            #expect(failure?.message.contains("57014") == true)
            try await session.run("ROLLBACK")
            #expect(try await store.reserve(.example(), at: .at(0)))
        }
    }

    @Test("takes nothing after its end, and has done what was asked before")
    func closing() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            try await store.append(.example())
            await store.close()
            let failure = await #expect(throws: StoreFailure.self) { try await store.append(.example()) }
            #expect(failure?.message.contains("is closed") == true)
            #expect(try await database.store().newestEvents(10).count == 1)
        }
    }

    @Test("says why a server cannot be reached, and does not ask it again at once")
    func unreachable() async throws {
        let store = try PostgresStore(url: Secret("postgresql://me:pass-word@/x?host=/nonexistent"))
        for _ in 0..<2 {
            let failure = await #expect(throws: StoreFailure.self) { try await store.reserve(.example(), at: .at(0)) }
            #expect(failure?.message.contains("No such file or directory") == true)
            #expect(failure?.message.contains("pass-word") == false)
            #expect(failure?.mayHaveHappened == false)
        }
    }
}
