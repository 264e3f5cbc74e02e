import Foundation

/// The tickets in circulation. Each can be redeemed once, before it expires.
struct TicketBook {
    private var tickets: [String: Ticket] = [:]

    /// The number of redeemed tickets.
    private(set) var redemptions = 0

    mutating func enter(_ ticket: Ticket, as text: String) {
        tickets[text] = ticket
    }

    func ticket(_ text: String) -> Ticket? {
        tickets[text]
    }

    /// Redeems a ticket.
    ///
    /// - Throws: ``TicketRefusal``, leaving the book unchanged.
    mutating func redeem(_ text: String, at now: Date) throws(TicketRefusal) -> Ticket {
        guard var ticket = tickets[text] else { throw .unknown }
        guard !ticket.isRedeemed else { throw .redeemed }
        guard now < ticket.expiry else { throw .expired }
        ticket.isRedeemed = true
        tickets[text] = ticket
        redemptions += 1
        return ticket
    }
}
