import Foundation
import Testing

@testable import IdentityBroker

@Suite("The ledger of single use")
struct OneTimeLedgerTests {
    @Test("gives a credential to the first caller only, even within the same login")
    func once() {
        var ledger = OneTimeLedger(capacity: 10)
        let first = OneTimeReservation.example()
        #expect(ledger.reserve(first) == .reserved)
        #expect(ledger.reserve(.example()) == .presentedBefore)
        #expect(ledger.reserve(first) == .presentedBefore)
    }

    @Test("gives a released credential to the next caller, and a spent one to no one")
    func settling() {
        var ledger = OneTimeLedger(capacity: 10)
        let (first, second) = (OneTimeReservation.example(), OneTimeReservation.example())
        #expect(ledger.reserve(first) == .reserved)
        ledger.settle(first, as: .released)
        #expect(ledger.reserve(second) == .reserved)
        ledger.settle(second, as: .spent)
        #expect(ledger.reserve(.example()) == .presentedBefore)
    }

    @Test("releases nothing that was spent")
    func spentForGood() {
        var ledger = OneTimeLedger(capacity: 10)
        let reservation = OneTimeReservation.example()
        #expect(ledger.reserve(reservation) == .reserved)
        ledger.settle(reservation, as: .spent)
        ledger.settle(reservation, as: .released)
        #expect(ledger.reserve(.example()) == .presentedBefore)
    }

    @Test("does not let a late release undo another login's reservation")
    func lateRelease() {
        var ledger = OneTimeLedger(capacity: 10)
        let (late, present) = (OneTimeReservation.example(until: 5), OneTimeReservation.example(until: 20))
        #expect(ledger.reserve(late) == .reserved)
        #expect(ledger.purge(at: .at(6), atMost: 10) == 1)
        #expect(ledger.reserve(present) == .reserved)
        ledger.settle(late, as: .released)
        #expect(ledger.reserve(.example()) == .presentedBefore)
    }

    @Test("removes a credential in a purge at its expiry, and not a moment before")
    func expiry() {
        var ledger = OneTimeLedger(capacity: 10)
        let reservation = OneTimeReservation.example(until: 10)
        #expect(ledger.reserve(reservation) == .reserved)
        ledger.settle(reservation, as: .spent)
        #expect(ledger.purge(at: .at(10).addingTimeInterval(-0.001), atMost: 10) == 0)
        #expect(ledger.reserve(.example(until: 1_000)) == .presentedBefore)
        #expect(ledger.purge(at: .at(10), atMost: 10) == 1)
        #expect(ledger.reserve(.example(until: 20)) == .reserved)
        #expect(ledger.count == 1)
    }

    @Test("keeps a credential until a given time other than the reservation's")
    func givenExpiry() {
        var ledger = OneTimeLedger(capacity: 10)
        #expect(ledger.reserve(.example(until: 10), until: .at(20)) == .reserved)
        #expect(ledger.purge(at: .at(19), atMost: 10) == 0)
        #expect(ledger.purge(at: .at(20), atMost: 10) == 1)
    }

    @Test("keeps a credential until its current hold expires, not an earlier one")
    func renewedExpiry() {
        var ledger = OneTimeLedger(capacity: 10)
        let first = OneTimeReservation.example(until: 10)
        #expect(ledger.reserve(first) == .reserved)
        ledger.settle(first, as: .released)
        #expect(ledger.reserve(.example(until: 20)) == .reserved)
        #expect(ledger.purge(at: .at(15), atMost: 10) == 0)
        #expect(ledger.reserve(.example(until: 30)) == .presentedBefore)
        #expect(ledger.purge(at: .at(20), atMost: 10) == 1)
    }

    @Test("is full at its capacity, and refuses instead of dropping", arguments: [1, 2, 5])
    func capacity(_ capacity: Int) {
        var ledger = OneTimeLedger(capacity: capacity)
        for number in 0..<capacity {
            #expect(ledger.reserve(.example("ticket-\(number)")) == .reserved)
        }
        #expect(ledger.reserve(.example("one more")) == .full)
        #expect(ledger.reserve(.example("ticket-0")) == .presentedBefore)
        #expect(ledger.count == capacity)
        #expect(ledger.purge(at: .at(10), atMost: .max) == capacity)
        #expect(ledger.reserve(.example("one more", until: 20)) == .reserved)
        #expect(ledger.count == 1)
    }

    @Test("accepts any capacity")
    func anyCapacity() {
        var ledger = OneTimeLedger(capacity: .max)
        #expect(ledger.reserve(.example()) == .reserved)
    }

    @Test("does not outgrow its capacity however many credentials are released")
    func purge() throws {
        var ledger = OneTimeLedger(capacity: 8)
        for number in 0..<1_000 {
            let reservation = OneTimeReservation.example("ticket-\(number)")
            #expect(ledger.reserve(reservation) == .reserved)
            ledger.settle(reservation, as: .released)
        }
        let expiries = Mirror(reflecting: ledger).descendant("expiries") as? ExpiryQueue<OneTimeKey>
        #expect(try #require(expiries).count <= 2 * 8 + 1)
    }

    @Test("keeps held credentials when it drops released ones")
    func purgeKeeps() {
        var ledger = OneTimeLedger(capacity: 2)
        #expect(ledger.reserve(.example("held", until: 10)) == .reserved)
        for number in 0..<20 {
            let reservation = OneTimeReservation.example("ticket-\(number)")
            #expect(ledger.reserve(reservation) == .reserved)
            ledger.settle(reservation, as: .released)
        }
        #expect(ledger.reserve(.example("held")) == .presentedBefore)
        #expect(ledger.purge(at: .at(9), atMost: 10) == 0)
        #expect(ledger.purge(at: .at(10), atMost: 10) == 1)
    }
}
