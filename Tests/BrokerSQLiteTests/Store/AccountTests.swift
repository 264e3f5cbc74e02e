import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Accounts, grants and the key ring in a database")
struct AccountTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database)
    }

    @Test("are written in one transaction with the login that led to them")
    func oneTransaction() async throws {
        let reservation = OneTimeReservation.example()
        #expect(try await store.reserve(reservation, at: .at(0)))
        let commits = CommitCounter(of: store)
        let signIn = SignIn.example(opening: .example())
        _ = try await store.signIn(signIn, spending: reservation, recording: .example())
        #expect(commits.count == 1)
        let sql = """
            SELECT (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM account_identity)
                + (SELECT COUNT(*) FROM account_grant) + (SELECT COUNT(*) FROM audit_event)
                + (SELECT COUNT(*) FROM reservation WHERE is_spent)
            """
        #expect(try await store.number(sql) == 5)
    }

    @Test("can be read by an operator")
    func readable() async throws {
        let signIn = SignIn.example(opening: .example())
        let account = try await store.signIn(signIn, spending: nil, recording: .example())
        let sql = """
            SELECT account.id || ' ' || made_at || ' ' || first_login_at || ' ' || last_login_at || ' ' || opened_at
                || ' ' || expiry_at || ' ' || json_extract(claims, '$.name')
                || ' ' || json_extract(alternate_identifiers, '$[0].value')
            FROM account JOIN account_identity ON account_identity.account = account.id
            JOIN account_grant ON account_grant.account = account.id
            """
        let text = try await store.connection.read { try String.fetchOne($0, sql: sql) }
        let time = "2026-01-02T03:04:05.000Z"
        #expect(
            text == "\(account) \(time) \(time) \(time) \(time) 2026-01-02T03:04:15.000Z Jo o-1")
    }

    @Test("are found for an identity among similar ones")
    func severalIdentities() async throws {
        let (one, two) = (SignIn.example("one", at: 5), SignIn.example("two", at: 3))
        let account = try await store.signIn(one, spending: nil, recording: .example())
        _ = try await store.signIn(two, spending: nil, recording: .example())
        try await store.execute("UPDATE account_identity SET account = '\(account)'")
        #expect(try await store.account(account)?.identities.map(\.key.subject) == ["two", "one"])
        #expect(try await store.signIn(two, spending: nil, recording: .example()) == account)
        #expect(try await store.account(two.newAccount) == nil)
    }

    @Test("refuse an account id that another person has")
    func accountTwice() async throws {
        let first = SignIn.example("one")
        for _ in 0..<2 {
            let account = try await store.signIn(first, spending: nil, recording: .example())
            #expect(account == first.newAccount)
        }
        let other = SignIn.example("two", newAccount: first.newAccount)
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.signIn(other, spending: nil, recording: .example())
        }
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.account(first.newAccount)?.identities.map(\.key.subject) == ["one"])
        #expect(try await store.newestEvents(10).count == 2)
    }

    @Test("are refused if too large, with nothing changed")
    func bounds() async throws {
        let reservation = OneTimeReservation.example()
        #expect(try await store.reserve(reservation, at: .at(0)))
        let great = SignIn.example(claims: String(repeating: "x", count: 1024 * 1024 + 1))
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.signIn(great, spending: reservation, recording: .example())
        }
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.newestEvents(10).isEmpty)
        try await store.conclude(reservation, as: .released, recording: .example())
        #expect(try await store.reserve(.example(), at: .at(0)))
    }

    @Test("are not returned if someone else wrote to the tables")
    func strange() async throws {
        let signIn = SignIn.example(opening: .example())
        let account = try await store.signIn(signIn, spending: nil, recording: .example())
        try await store.execute("UPDATE account_identity SET alternate_identifiers = 'x'")
        await #expect(throws: StoreFailure.self) { try await store.account(account) }
        try await store.execute("UPDATE account_grant SET provider = 'No Id'")
        let grant = try #require(signIn.grant)
        await #expect(throws: StoreFailure.self) { try await store.grant(grant.id) }
    }

    @Test("are safe from a version that would overflow", arguments: [Int.min, .max])
    func versions(_ version: Int) async throws {
        let signIn = SignIn.example(opening: .example())
        let account = try await store.signIn(signIn, spending: nil, recording: .example())
        let proposal = try #require(signIn.grant)
        var grant = Grant(proposal, for: account, from: "wxapp", at: .at(0))
        grant.version = version
        #expect(try await !store.replace(grant, recording: .example()))
    }
}
