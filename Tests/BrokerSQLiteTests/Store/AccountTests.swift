import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("Accounts, and what is put with a sign-in, in a database")
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
        let signIn = SignIn.example(putting: [.fresh()])
        _ = try await store.signIn(signIn, spending: reservation, recording: .example())
        #expect(commits.count == 1)
        let sql = """
            SELECT (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM account_identity)
                + (SELECT COUNT(*) FROM stored_record) + (SELECT COUNT(*) FROM record_owner)
                + (SELECT COUNT(*) FROM audit_event)
                + (SELECT COUNT(*) FROM reservation WHERE is_spent)
            """
        #expect(try await store.number(sql) == 6)
    }

    @Test("can be read by an operator")
    func readable() async throws {
        let signIn = SignIn.example(putting: [.fresh()])
        let account = try await store.signIn(signIn, spending: nil, recording: .example())
        let sql = """
            SELECT account.id || ' ' || made_at || ' ' || first_login_at || ' ' || last_login_at
                || ' ' || expiry_at || ' ' || json_extract(claims, '$.name')
                || ' ' || json_extract(alternate_identifiers, '$[0].value')
            FROM account JOIN account_identity ON account_identity.account = account.id
            JOIN stored_record ON owners = 'account:' || account.id
            """
        let text = try await store.connection.read { try String.fetchOne($0, sql: sql) }
        let time = "2026-01-02T03:04:05.000Z"
        #expect(
            text == "\(account) \(time) \(time) \(time) 2026-01-02T03:04:15.000Z Jo o-1")
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
        let signIn = SignIn.example(putting: [.fresh()])
        let account = try await store.signIn(signIn, spending: nil, recording: .example())
        try await store.execute("UPDATE account_identity SET alternate_identifiers = 'x'")
        await #expect(throws: StoreFailure.self) { try await store.account(account) }
        try await store.execute("UPDATE stored_record SET owners = 'No Owner'")
        await #expect(throws: StoreFailure.self) { try await store.record(signIn.records[0].key, at: .at(0)) }
    }

    @Test("are safe from a version that would overflow", arguments: [Int.min, .max])
    func versions(_ version: Int) async throws {
        let signIn = SignIn.example(putting: [.fresh()])
        _ = try await store.signIn(signIn, spending: nil, recording: .example())
        var record = signIn.records[0]
        record.version = version
        let commit = try? await store.commit([.put(record)], at: .at(0))
        #expect(commit != .done(consumed: []))
        #expect(try await store.record(record.key, at: .at(0))?.version == 1)
    }

    @Test("of a sign-in with a record that is taken do not spoil those of others in its transaction")
    func takenRecord() async throws {
        let taken = StoredRecord.fresh()
        #expect(try await store.commit([.put(taken)], at: .at(0)) == .done(consumed: []))
        let results = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                let record = number.isMultiple(of: 2) ? taken : .fresh()
                let signIn = SignIn.example("person-\(number)", putting: [record])
                group.addTask {
                    (try? await store.signIn(signIn, spending: nil, recording: .example())) != nil
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count { $0 } == 20)
        #expect(try await store.number("SELECT COUNT(*) FROM account") == 20)
        #expect(try await store.newestEvents(100).count == 20)
    }
}
