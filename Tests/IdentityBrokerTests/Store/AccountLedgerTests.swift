import Foundation
import Testing

@testable import IdentityBroker

extension AccountLedger {
    /// Finds or creates the account; nil if there is no room for another.
    fileprivate mutating func signIn(_ signIn: SignIn) -> AccountID? {
        guard let id = account(for: signIn) else { return nil }
        keep(signIn, in: id)
        return id
    }
}

@Suite("The ledger of accounts")
struct AccountLedgerTests {
    @Test("creates an account at an identity's first login, and finds it at every later one")
    func once() throws {
        var ledger = AccountLedger(capacity: 10)
        let first = SignIn.example()
        #expect(ledger.signIn(first) == first.newAccount)
        for second in 1...3 { #expect(ledger.signIn(.example(at: Double(second))) == first.newAccount) }
        #expect(ledger[first.newAccount]?.identities.map(\.key) == [first.key])
    }

    @Test("has one account per issuer and subject", arguments: ["person-2", "PERSON-1", "person-1 "])
    func keys(_ subject: String) throws {
        var ledger = AccountLedger(capacity: 10)
        let other = try #require(Issuer("https://other.example"))
        let signIns = [SignIn.example(), .example(subject), .example(issuer: other)]
        for signIn in signIns { #expect(ledger.signIn(signIn) == signIn.newAccount) }
    }

    @Test(
        "shows the earliest and the latest login, and the latest's data, in whatever order they come",
        arguments: [[1.0, 2, 3], [3, 2, 1], [2, 3, 1], [2, 1, 3], [3, 1, 2], [1, 3, 2]]
    )
    func times(_ seconds: [Double]) throws {
        var ledger = AccountLedger(capacity: 10)
        let ids = seconds.map { ledger.signIn(.example(at: $0)) }
        let account = try #require(ids[0].flatMap { ledger[$0] })
        let latest = SignIn.example(at: 3)
        let expected = LinkedIdentity(
            key: latest.key, provider: latest.provider, alternateIdentifiers: latest.alternateIdentifiers,
            claims: "at 3.0", firstLogin: .at(1), lastLogin: .at(3))
        #expect(account.identities == [expected])
    }

    @Test("uses the later of two logins at the same time")
    func sameTime() throws {
        var ledger = AccountLedger(capacity: 10)
        let first = SignIn.example(at: 1)
        _ = ledger.signIn(first)
        let second = SignIn(
            key: first.key, provider: "other", alternateIdentifiers: [], claims: "second", time: .at(1),
            newAccount: AccountID(UUID()))
        _ = ledger.signIn(second)
        #expect(ledger[first.newAccount]?.identities.map(\.claims) == ["second"])
        #expect(ledger[first.newAccount]?.identities.map(\.provider) == ["other"])
    }

    @Test("creates no account when full, and still finds existing ones", arguments: [1, 3])
    func capacity(_ capacity: Int) {
        var ledger = AccountLedger(capacity: capacity)
        let signIns = (0..<capacity).map { SignIn.example("person-\($0)") }
        for signIn in signIns { #expect(ledger.signIn(signIn) == signIn.newAccount) }
        let refused = SignIn.example("somebody else")
        #expect(ledger.signIn(refused) == nil)
        #expect(ledger[refused.newAccount] == nil)
        for (number, signIn) in signIns.enumerated() {
            #expect(ledger.signIn(.example("person-\(number)", at: 9)) == signIn.newAccount)
        }
    }
}
