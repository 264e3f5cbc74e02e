import Foundation
import Testing

@testable import IdentityBroker

@Suite("The ledger of grants")
struct GrantLedgerTests {
    private func ledger(of grants: Grant...) -> GrantLedger {
        var ledger = GrantLedger(capacity: 10)
        for grant in grants { ledger.open(grant) }
        return ledger
    }

    @Test("replaces a version by the next one, and by no other", arguments: [-1, 0, 1, 2, 3, 4])
    func versions(_ version: Int) {
        let first = Grant.example()
        var ledger = ledger(of: first)
        #expect(ledger.replace(first.next()) == true)
        var another = first
        another.version = version
        #expect(ledger.replace(another) == (version == 3))
        #expect(ledger[first.id]?.version == (version == 3 ? 3 : 2))
    }

    @Test("changes expiry, revocation, version and details, and nothing else")
    func fields() {
        let grant = Grant.example()
        var ledger = ledger(of: grant)
        let next = Grant(
            id: grant.id, account: AccountID(UUID()), client: "another", provider: "another", opened: .at(7),
            expiry: .at(8), isRevoked: true, version: 2, details: "second")
        #expect(ledger.replace(next) == true)
        var expected = grant
        (expected.expiry, expected.isRevoked, expected.version, expected.details) = (.at(8), true, 2, "second")
        #expect(ledger[grant.id] == expected)
    }

    @Test("has no grant that was not opened")
    func unknown() {
        var ledger = ledger(of: .example())
        let unknown = Grant.example()
        #expect(ledger[unknown.id] == nil)
        #expect(ledger.replace(unknown.next()) == false)
        #expect(ledger[unknown.id] == nil)
    }

    @Test("removes a grant at its expiry, and not a moment before")
    func expiry() {
        let grant = Grant.example(until: 10)
        var ledger = ledger(of: grant)
        #expect(ledger.purge(at: .at(10).addingTimeInterval(-0.001), atMost: 9) == 0)
        #expect(ledger[grant.id] == grant)
        #expect(ledger.purge(at: .at(10), atMost: 9) == 1)
        #expect(ledger[grant.id] == nil)
        #expect(ledger.replace(grant.next()) == false)
    }

    @Test("uses the expiry of a grant's last version")
    func renewal() {
        let (longer, shorter) = (Grant.example(until: 10), Grant.example(until: 100))
        var ledger = ledger(of: longer, shorter)
        #expect(ledger.replace(longer.next(until: 50)) == true)
        #expect(ledger.replace(shorter.next(until: 5)) == true)
        #expect(ledger.purge(at: .at(10), atMost: 9) == 1)
        #expect(ledger[shorter.id] == nil && ledger[longer.id] != nil)
        #expect(ledger.purge(at: .at(50), atMost: 9) == 1)
        #expect(ledger[longer.id] == nil)
    }

    @Test("removes no more than requested, oldest first")
    func bound() {
        let grants = [3.0, 1, 5, 2, 4].map { Grant.example(until: $0) }
        var ledger = GrantLedger(capacity: 10)
        for grant in grants { ledger.open(grant) }
        #expect(ledger.purge(at: .at(9), atMost: 2) == 2)
        #expect(grants.filter { ledger[$0.id] != nil }.map(\.expiry) == [.at(3), .at(5), .at(4)])
        #expect(ledger.purge(at: .at(9), atMost: -1) == 0)
        #expect(ledger.purge(at: .at(9), atMost: .max) == 3)
    }

    @Test("counts a grant once, however often it was renewed")
    func manyRenewals() {
        var grant = Grant.example(until: 10)
        var ledger = ledger(of: grant)
        for number in 0..<5_000 {
            grant = grant.next(until: 10 + Double(number % 2))
            #expect(ledger.replace(grant) == true)
            if number.isMultiple(of: 100) { #expect(ledger.purge(at: .at(0), atMost: 9) == 0) }
        }
        #expect(ledger.purge(at: .at(20), atMost: 9) == 1)
        #expect(ledger.purge(at: .at(20), atMost: 9) == 0)
    }

    @Test("is full at its capacity, until something is removed", arguments: [1, 3])
    func capacity(_ capacity: Int) {
        var ledger = GrantLedger(capacity: capacity)
        for _ in 0..<capacity {
            #expect(!ledger.isFull)
            ledger.open(.example(until: 10))
        }
        #expect(ledger.isFull)
        #expect(ledger.purge(at: .at(10), atMost: 1) == 1)
        #expect(!ledger.isFull)
    }
}
