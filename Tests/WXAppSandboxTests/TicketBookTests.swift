import Foundation
import Testing

@testable import WXAppSandbox

@Suite("A ticket book")
struct TicketBookTests {
    private static let expiry = Date(timeIntervalSince1970: 1_000)

    private func book() -> TicketBook {
        var book = TicketBook()
        book.enter(Ticket(userID: "u", isPhoneGranted: true, expiry: Self.expiry, fault: nil), as: "ticket")
        return book
    }

    @Test("redeems a ticket until just before it expires", arguments: [-120, -0.001])
    func redeeming(offset: TimeInterval) throws {
        var book = book()
        let ticket = try book.redeem("ticket", at: Self.expiry.addingTimeInterval(offset))
        #expect(ticket.userID == "u")
        #expect(book.redemptions == 1)
    }

    @Test("refuses a ticket from the moment it expires", arguments: [0, 1])
    func expiry(offset: TimeInterval) {
        var book = book()
        #expect(throws: TicketRefusal.expired) {
            try book.redeem("ticket", at: Self.expiry.addingTimeInterval(offset))
        }
        #expect(book.redemptions == 0)
    }

    @Test("redeems a ticket once")
    func once() throws {
        var book = book()
        _ = try book.redeem("ticket", at: Self.expiry - 2)
        #expect(throws: TicketRefusal.redeemed) { try book.redeem("ticket", at: Self.expiry - 1) }
        #expect(throws: TicketRefusal.redeemed) { try book.redeem("ticket", at: Self.expiry + 1) }
        #expect(book.redemptions == 1)
    }

    @Test("refuses an unknown ticket")
    func unknown() {
        var book = book()
        #expect(throws: TicketRefusal.unknown) { try book.redeem("ticket ", at: Self.expiry - 1) }
    }
}
