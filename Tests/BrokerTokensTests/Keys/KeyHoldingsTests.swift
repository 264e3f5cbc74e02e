import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What a process knows of the ring")
struct KeyHoldingsTests {
    private var holdings = KeyHoldings()

    @Test("A look at the store that was overtaken by a later one counts for nothing")
    mutating func overtaken() throws {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(try holdings.adopt(snapshot(version: 2), ticket: late))
        #expect(try !holdings.adopt(snapshot(version: 1), ticket: early))
        #expect(try !holdings.adopt(snapshot(version: nil), ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A look that was overtaken and saw more all the same counts")
    mutating func overtakenWithNews() throws {
        let (early, late) = (holdings.takeTicket(), holdings.takeTicket())
        #expect(try holdings.adopt(snapshot(version: 1), ticket: late))
        #expect(try holdings.adopt(snapshot(version: 2), ticket: early))
        #expect(holdings.snapshot?.version == 2)
    }

    @Test("A store that was put back to an earlier ring is followed")
    mutating func restored() throws {
        for version in [5, 3, nil, 1] {
            #expect(try holdings.adopt(snapshot(version: version), ticket: holdings.takeTicket()))
            #expect(holdings.snapshot?.version == version ?? 0)
        }
    }

    private func snapshot(version: Int?) throws -> KeyHoldings.Snapshot {
        try KeyHoldings.Snapshot(KeyRing(), as: version.map { SealedKeyRing(version: $0, sealed: Data()) })
    }
}
