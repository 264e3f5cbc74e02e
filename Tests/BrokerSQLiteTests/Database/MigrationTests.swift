import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("A database of an earlier version")
struct MigrationTests {
    private static let first = "reservations and audit events"

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        let database = try DatabaseQueue(path: directory.database)
        try Schema.migrator.migrate(database, upTo: Self.first)
        let reservation = OneTimeReservation.example(1)
        try database.inDatabase { database in
            try database.execute(
                sql: "INSERT INTO reservation (key, login, expiry, is_spent) VALUES (?, ?, ?, 1)",
                arguments: [
                    Data(reservation.key.digest), reservation.login.uuidString,
                    Timestamps.nanoseconds(of: reservation.expiry),
                ])
        }
        try write("first", to: database)
        try database.close()
    }

    /// Writes as a broker of the first version does.
    private func write(_ provider: String, to database: DatabaseQueue) throws {
        try database.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    INSERT INTO audit_event (login, began, duration, provider, credential_kind, credential, notices)
                    VALUES (?, 1, 2, ?, 'ticket', 'spent', '[]')
                    """,
                arguments: [UUID().uuidString, provider])
        }
    }

    @Test("keeps its contents: its events are of logins without a client")
    func data() async throws {
        let store = try SQLiteStore(path: directory.database)
        let events = try await store.newestEvents(10)
        #expect(events.map(\.provider) == ["first"])
        #expect(events.map(\.action) == [.login])
        #expect(events.map(\.client) == [nil])
        #expect(try await !store.reserve(.example(1), at: .at(0)))
        let signIn = SignIn.example()
        #expect(try await store.signIn(signIn, spending: nil, recording: .example()) == signIn.newAccount)
        #expect(try await store.newestEvents(10).count == 2)
    }

    @Test("finds accounts by what their claims say is verified, and by nothing else")
    func contacts() async throws {
        let database = try DatabaseQueue(path: directory.database)
        try Schema.migrator.migrate(database, upTo: "grants as records")
        let claims = [
            #"{"email":"a@example.com","email_verified":true,"phone_number":"+1","phone_number_verified":false}"#,
            #"{"email":"b@example.com","phone_number":"+2","phone_number_verified":true}"#,
            #"{"email":"c@example.com","email_verified":"true"}"#, "no JSON", #"{"email":1,"email_verified":true}"#,
        ]
        let accounts = claims.map { _ in AccountID(UUID()) }
        for (number, (account, claims)) in zip(accounts, claims).enumerated() {
            try await database.write { database in
                try database.execute(
                    sql: "INSERT INTO account (id, made) VALUES (?, 1)", arguments: [account.description])
                try database.execute(
                    sql: """
                        INSERT INTO account_identity (
                            account, issuer, subject, provider, alternate_identifiers, claims, first_login, last_login
                        ) VALUES (?, 'https://issuer.example', ?, 'wxapp', '[]', ?, 1, 1)
                        """,
                    arguments: [account.description, "\(number)", claims])
            }
        }
        try database.close()
        let store = try SQLiteStore(path: directory.database)
        #expect(try await store.accounts(with: .email, "a@example.com", atMost: 9) == [accounts[0]])
        #expect(try await store.accounts(with: .phone, "+2", atMost: 9) == [accounts[1]])
        #expect(try await store.number("SELECT COUNT(*) FROM account_contact") == 2)
        #expect(try await store.account(accounts[1])?.contacts.map(\.value) == ["+2"])
        #expect(try await store.account(accounts[2])?.version == 1)
    }

    @Test("starts from the time of its newest event")
    func time() async throws {
        let store = try SQLiteStore(path: directory.database)
        let newest = Date(timeIntervalSince1970: 1e-9)
        #expect(try await store.believedTime(at: .at(0)).timeIntervalSince(newest).magnitude < 1e-6)
    }

    @Test("can still be written by a process that opened it before the migration")
    func running() async throws {
        let running = try DatabaseQueue(path: directory.database)
        let store = try SQLiteStore(path: directory.database)
        try write("second", to: running)
        #expect(try await store.newestEvents(10).map(\.provider) == ["first", "second"])
        #expect(try await store.newestEvents(10).map(\.action) == [.login, .login])
    }

    @Test("still prevents changes of events")
    func appendOnly() async throws {
        let store = try SQLiteStore(path: directory.database)
        await #expect(throws: DatabaseError.self) {
            try await store.execute("UPDATE audit_event SET action = 'logout'")
        }
    }
}
