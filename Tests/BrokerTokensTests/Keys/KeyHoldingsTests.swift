import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A process's knowledge of the ring")
struct KeyHoldingsTests {
    private var holdings = KeyHoldings()

    @Test("A read of the store that was overtaken by a later one is ignored")
    mutating func overtaken() throws {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(try adopt(2, ticket: late))
        #expect(try !adopt(1, ticket: early))
        #expect(try !adopt(nil, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A read that was overtaken but saw more counts")
    mutating func overtakenWithNews() throws {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(try adopt(1, ticket: late))
        #expect(try adopt(2, ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A store that was reset to an earlier ring is followed")
    mutating func restored() throws {
        for version in [5, 3, nil, 1] {
            let ticket = holdings.takeTicket()
            #expect(try adopt(version, ticket: ticket))
            #expect(holdings.snapshot?.version == version ?? 0)
        }
    }

    @Test("An unreadable ring counts until a later read succeeds")
    mutating func unopened() throws {
        let sealed = try Record<SealedKeyRing>.sample(version: 1)
        let tickets = (0..<3).map { _ in holdings.takeTicket() }
        holdings.note(unopened: sealed, ticket: tickets[1])
        holdings.note(unopened: nil, ticket: tickets[0])
        #expect(holdings.unopened == sealed)
        holdings.note(unopened: nil, ticket: tickets[2])
        holdings.note(unopened: sealed, ticket: tickets[1])
        #expect(holdings.unopened == nil)
    }

    private mutating func adopt(_ version: Int?, ticket: Int) throws -> Bool {
        let sealed = try version.map { try Record<SealedKeyRing>.sample(version: $0) }
        return holdings.adopt(KeyHoldings.Snapshot(KeyRing(), as: sealed), ticket: ticket)
    }
}
