import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What a process knows of the ring")
struct KeyHoldingsTests {
    private var holdings = KeyHoldings()

    @Test("A look at the store that was overtaken by a later one counts for nothing")
    mutating func overtaken() {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(adopt(2, ticket: late))
        #expect(!adopt(1, ticket: early))
        #expect(!adopt(nil, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A look that was overtaken and saw more all the same counts")
    mutating func overtakenWithNews() {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(adopt(1, ticket: late))
        #expect(adopt(2, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A store that was put back to an earlier ring is followed")
    mutating func restored() {
        for version in [5, 3, nil, 1] {
            let ticket = holdings.takeTicket()
            #expect(adopt(version, ticket: ticket))
            #expect(holdings.snapshot?.version == version ?? 0)
        }
    }

    @Test("What could not be opened counts until a later look could be, and not after")
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
