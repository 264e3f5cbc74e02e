import Foundation
import Testing

@testable import IdentityBroker

@Suite("The ledger of single use")
struct OneTimeLedgerTests {
    @Test("gives a credential to the first who asks, and to nobody else, the same login included")
    func once() {
        var ledger = OneTimeLedger(capacity: 10)
        let first = OneTimeReservation.example()
        #expect(ledger.reserve(first, at: .at(0)) == .reserved)
        #expect(ledger.reserve(.example(), at: .at(0)) == .presentedBefore)
        #expect(ledger.reserve(first, at: .at(0)) == .presentedBefore)
    }

    @Test("gives a released credential to the next, and a spent one to nobody")
    func settling() {
        var ledger = OneTimeLedger(capacity: 10)
        let (first, second) = (OneTimeReservation.example(), OneTimeReservation.example())
        #expect(ledger.reserve(first, at: .at(0)) == .reserved)
        ledger.settle(first, as: .released)
        #expect(ledger.reserve(second, at: .at(0)) == .reserved)
        ledger.settle(second, as: .spent)
        #expect(ledger.reserve(.example(), at: .at(0)) == .presentedBefore)
    }

    @Test("releases nothing that was spent")
    func spentForGood() {
        var ledger = OneTimeLedger(capacity: 10)
        let reservation = OneTimeReservation.example()
        #expect(ledger.reserve(reservation, at: .at(0)) == .reserved)
        ledger.settle(reservation, as: .spent)
        ledger.settle(reservation, as: .released)
        #expect(ledger.reserve(.example(), at: .at(0)) == .presentedBefore)
    }

    @Test("lets no late release undo the reservation of another login")
    func lateRelease() {
        var ledger = OneTimeLedger(capacity: 10)
        let (late, present) = (OneTimeReservation.example(until: 5), OneTimeReservation.example(until: 20))
        #expect(ledger.reserve(late, at: .at(0)) == .reserved)
        #expect(ledger.reserve(present, at: .at(6)) == .reserved)
        ledger.settle(late, as: .released)
        #expect(ledger.reserve(.example(), at: .at(6)) == .presentedBefore)
    }

    @Test("forgets a credential at its expiry, and not a moment before")
    func expiry() {
        var ledger = OneTimeLedger(capacity: 10)
        let reservation = OneTimeReservation.example(until: 10)
        #expect(ledger.reserve(reservation, at: .at(0)) == .reserved)
        ledger.settle(reservation, as: .spent)
        #expect(ledger.reserve(.example(), at: .at(10).addingTimeInterval(-0.001)) == .presentedBefore)
        #expect(ledger.reserve(.example(until: 20), at: .at(10)) == .reserved)
        #expect(ledger.count == 1)
    }

    @Test("forgets nothing early when the clock goes back")
    func clockGoingBack() {
        var ledger = OneTimeLedger(capacity: 10)
        #expect(ledger.reserve(.example(until: 10), at: .at(5)) == .reserved)
        #expect(ledger.reserve(.example(until: -90), at: .at(-95)) == .presentedBefore)
        #expect(ledger.reserve(.example(until: 14), at: .at(9)) == .presentedBefore)
    }

    @Test("keeps a credential for as long as its present hold says, not an earlier one's")
    func renewedExpiry() {
        var ledger = OneTimeLedger(capacity: 10)
        let first = OneTimeReservation.example(until: 10)
        #expect(ledger.reserve(first, at: .at(0)) == .reserved)
        ledger.settle(first, as: .released)
        #expect(ledger.reserve(.example(until: 20), at: .at(0)) == .reserved)
        #expect(ledger.reserve(.example(until: 30), at: .at(15)) == .presentedBefore)
        #expect(ledger.reserve(.example(until: 30), at: .at(20)) == .reserved)
    }

    @Test("is full at its capacity, and refuses rather than forget", arguments: [1, 2, 5])
    func capacity(_ capacity: Int) {
        var ledger = OneTimeLedger(capacity: capacity)
        for number in 0..<capacity {
            #expect(ledger.reserve(.example("ticket-\(number)"), at: .at(0)) == .reserved)
        }
        #expect(ledger.reserve(.example("one more"), at: .at(0)) == .full)
        #expect(ledger.reserve(.example("ticket-0"), at: .at(0)) == .presentedBefore)
        #expect(ledger.count == capacity)
        #expect(ledger.reserve(.example("one more", until: 20), at: .at(10)) == .reserved)
        #expect(ledger.count == 1)
    }

    @Test("takes any capacity")
    func anyCapacity() {
        var ledger = OneTimeLedger(capacity: .max)
        #expect(ledger.reserve(.example(), at: .at(0)) == .reserved)
    }

    @Test("does not outgrow its capacity however many credentials are released")
    func purge() throws {
        var ledger = OneTimeLedger(capacity: 8)
        for number in 0..<1_000 {
            let reservation = OneTimeReservation.example("ticket-\(number)")
            #expect(ledger.reserve(reservation, at: .at(0)) == .reserved)
            ledger.settle(reservation, as: .released)
        }
        let expiries = Mirror(reflecting: ledger).descendant("expiries") as? ExpiryQueue<OneTimeKey>
        #expect(try #require(expiries).count <= 2 * 8 + 1)
    }

    @Test("keeps what is held when it clears out what was released")
    func purgeKeeps() {
        var ledger = OneTimeLedger(capacity: 2)
        #expect(ledger.reserve(.example("held", until: 10), at: .at(0)) == .reserved)
        for number in 0..<20 {
            let reservation = OneTimeReservation.example("ticket-\(number)")
            #expect(ledger.reserve(reservation, at: .at(0)) == .reserved)
            ledger.settle(reservation, as: .released)
        }
        #expect(ledger.reserve(.example("held"), at: .at(9)) == .presentedBefore)
        #expect(ledger.reserve(.example("held"), at: .at(10)) == .reserved)
    }
}
