import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A process's knowledge of the ring")
struct KeyHoldingsTests {
    private var holdings = KeyHoldings()

    @Test("A read of the store that was overtaken by a later one is ignored")
    mutating func overtaken() {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(adopt(2, ticket: late))
        #expect(!adopt(1, ticket: early))
        #expect(!adopt(nil, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A read that was overtaken but saw more counts")
    mutating func overtakenWithNews() {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(adopt(1, ticket: late))
        #expect(adopt(2, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A store that was reset to an earlier ring is followed")
    mutating func restored() {
        for version in [5, 3, nil, 1] {
            let ticket = holdings.takeTicket()
            #expect(adopt(version, ticket: ticket))
            #expect(holdings.snapshot?.version == version ?? 0)
        }
    }

    @Test("An unreadable ring counts until a later read succeeds")
    mutating func unopened() {
        let sealed = SealedKeyRing(version: 1, sealed: Data())
        let tickets = (0..<3).map { _ in holdings.takeTicket() }
        holdings.note(unopened: sealed, ticket: tickets[1])
        holdings.note(unopened: nil, ticket: tickets[0])
        #expect(holdings.unopened == sealed)
        holdings.note(unopened: nil, ticket: tickets[2])
        holdings.note(unopened: sealed, ticket: tickets[1])
        #expect(holdings.unopened == nil)
    }

    private mutating func adopt(_ version: Int?, ticket: Int) -> Bool {
        let sealed = version.map { SealedKeyRing(version: $0, sealed: Data()) }
        return holdings.adopt(KeyHoldings.Snapshot(KeyRing(), as: sealed), ticket: ticket)
    }
}
