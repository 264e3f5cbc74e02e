import LoopbackServer

import Foundation

extension SandboxState {
    /// `POST /oauth/app2wxapp/auth/{userPoolId}` with `{"ticket":…,"secret":…}`.
    ///
    /// A wrong secret does not spend the ticket. Every answer has status 200; the code in the body tells success from
    /// refusal.
    mutating func exchange(_ request: ReceivedRequest, userPoolId: String, at now: Date) throws -> ServerScript {
        let body = ExchangeBody(request.body)
        let fault = takeFault(for: body?.ticket)
        if let fault, fault.moment == .beforeRedemption { return fault.script }
        let answer = try honestAnswer(to: body, method: request.method, userPoolId: userPoolId, at: now)
        return fault?.script ?? answer
    }

    private mutating func honestAnswer(
        to body: ExchangeBody?, method: String, userPoolId: String, at now: Date
    ) throws -> ServerScript {
        guard method == "POST" else { return try refusal(.methodNotAllowed) }
        guard userPoolId == configuration.userPoolId else { return try refusal(.noSuchUserPool) }
        guard let body else { return try refusal(.malformedRequest) }
        guard !configuration.requiresSecret || body.secret == configuration.secret else {
            return try refusal(.notPermitted)
        }
        do {
            return json(try configuration.envelope.text(try logIn(with: book.redeem(body.ticket, at: now), at: now)))
        } catch let ticketRefusal as TicketRefusal {
            return try refusal(ticketRefusal.code)
        }
    }

    private mutating func logIn(with ticket: Ticket, at now: Date) throws -> UserRecord {
        // Minting added the user, and no user is ever removed.
        guard var user = users[ticket.userID] else { throw TicketRefusal.unknown }
        user.loginsCount += 1
        users[user.id] = user
        let token = try UserToken(
            user: user, userPoolId: configuration.userPoolId, login: now, key: configuration.tokenKey)
        return try UserRecord(user: user, isPhoneGranted: ticket.isPhoneGranted, login: now, token: token)
    }

    private mutating func takeFault(for ticket: String?) -> SandboxFault? {
        if let fault = ticket.flatMap({ book.ticket($0) })?.fault { return fault }
        return nextFaults.isEmpty ? nil : nextFaults.removeFirst()
    }
}
