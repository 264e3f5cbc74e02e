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

/// What the sandbox knows about a ticket it minted.
struct Ticket {
    let userID: SandboxUser.ID
    let isPhoneGranted: Bool
    /// From this moment on, the ticket is refused.
    let expiry: Date
    /// The failure whenever the ticket is presented.
    let fault: SandboxFault?
    var isRedeemed = false
}

/// The content of a ticket. Nothing reads it: the sandbox looks tickets up by their text.
struct TicketClaims: Encodable {
    let jti: String
    let userPoolId: String
    let iat: Int
    let exp: Int
}

/// Why a ticket is refused.
enum TicketRefusal: Error {
    case unknown
    case redeemed
    case expired

    /// Redeemed and unknown tickets look alike, as to a service that forgets a ticket once it is redeemed.
    var code: BusinessCode {
        switch self {
        case .unknown, .redeemed: .loginInvalid
        case .expired: .loginExpired
        }
    }
}
