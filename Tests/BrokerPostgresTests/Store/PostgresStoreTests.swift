import BrokerTesting
import Foundation
import IdentityBroker
import PostgresTesting
import Testing

@testable import BrokerPostgres

@Suite("A store on PostgreSQL")
struct PostgresStoreTests {
    @Test("keeps any text, including NUL and backslash")
    func texts() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let events = ["a\u{0}b", #"\0"#, "\u{0}", #"\\"#].map { AuditEvent.example($0) }
            for event in events { try await store.append(event) }
            #expect(try await store.newestEvents(10) == events)
        }
    }

    @Test("reads more events than fit into one batch")
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

    @Test("signs in many people at once in few transactions, each with their own account and record")
    func signIns() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let signIns = (0..<600).map {
                SignIn.example("person-\($0 % 500)", at: Double($0), putting: [.fresh(until: 1_000)])
            }
            let accounts = try await withThrowingTaskGroup(of: (Int, AccountID).self) { group in
                for (number, signIn) in signIns.enumerated() {
                    group.addTask { (number, try await store.signIn(signIn, spending: nil, recording: .example())) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(Set(accounts.values).count == 500)
            for number in 0..<100 { #expect(accounts[number] == accounts[number + 500]) }
            let counts = try await database.run(
                """
                SELECT (SELECT count(*) FROM identity_broker.account),
                    (SELECT count(*) FROM identity_broker.account_identity),
                    (SELECT count(*) FROM identity_broker.stored_record),
                    (SELECT count(*) FROM identity_broker.record_owner),
                    (SELECT count(*) FROM identity_broker.audit_event)
                """)
            #expect(counts == [["500", "500", "600", "600", "600"]])
            for number in [0, 99, 500, 599] {
                let record = try await store.record(signIns[number].records[0].key, at: .at(0))
                #expect(record?.owners == accounts[number].map { [.account($0)] })
            }
        }
    }

    @Test("divides a purge among reservations, events and records")
    func shares() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            for number in 0..<10 {
                let reservation = OneTimeReservation.example(UInt8(number))
                #expect(try await store.reserve(reservation, at: .at(0)))
                let signIn = SignIn.example(putting: [.fresh(until: Double(number))])
                _ = try await store.signIn(signIn, spending: reservation, recording: .example())
            }
            let later = Date.at(100 * 86_400)
            #expect(try await store.purge(at: later, atMost: 7) == 7)
            let left = try await database.run(
                """
                SELECT (SELECT count(*) FROM identity_broker.reservation),
                    (SELECT count(*) FROM identity_broker.audit_event),
                    (SELECT count(*) FROM identity_broker.stored_record)
                """)
            #expect(left == [["7", "8", "8"]])
            #expect(try await store.purge(at: later, atMost: 100) == 23)
        }
    }

    @Test("refuses an account id that another person has")
    func accountTwice() async throws {
        try await PostgresServer.shared.withDatabase { database in
            let store = try database.store()
            let first = SignIn.example("one")
            _ = try await store.signIn(first, spending: nil, recording: .example())
            let again = try await store.signIn(first, spending: nil, recording: .example())
            #expect(again == first.newAccount)
            let other = SignIn.example("two", newAccount: first.newAccount)
            await #expect(throws: StoreFailure.self) {
                try await store.signIn(other, spending: nil, recording: .example())
            }
            #expect(try await store.account(first.newAccount)?.identities.map(\.key.subject) == ["one"])
            #expect(try await store.newestEvents(10).count == 2)
        }
    }

    @Test("removes half of each if much is old, one replica at a time")
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
        "waits for the server's disk, whatever the database's settings", arguments: [("off", "on"), ("local", "local")])
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
            options.statementTimeout = .seconds(1)
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

    @Test("accepts nothing after its end, and has done what was asked before")
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

    @Test("completes its calls, however early it is closed")
    func earlyEnd() async throws {
        try await PostgresServer.shared.withDatabase { database in
            var written = 0
            for _ in 1...20 {
                let store = try database.store()
                async let first: Void? = try? store.append(.example())
                async let second: Void? = try? store.append(.example())
                await store.close()
                written += await [first, second].count { $0 != nil }
                await store.close()
            }
            #expect(try await database.store().newestEvents(100).count == written)
        }
    }

    @Test("says why a server is unreachable, and does not retry at once")
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
