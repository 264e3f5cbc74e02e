import LoopbackServer

import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState {
    let configuration: GenAuthSandbox.Configuration
    var book = TicketBook()
    var users: [SandboxUser.ID: SandboxUser]
    var nextFaults: [SandboxFault] = []
    private let ticketKey: String

    init(_ configuration: GenAuthSandbox.Configuration) {
        self.configuration = configuration
        self.users = Dictionary(configuration.users.map { ($0.id, $0) }) { first, _ in first }
        self.ticketKey = Hexadecimal.text(configuration.randomBytes(16))
    }

    /// The user that a query names with `user=`, by id or user name; without it, the first user.
    func user(named name: String?) -> SandboxUser? {
        guard let name else { return configuration.users.first.flatMap { users[$0.id] } }
        return users[name] ?? users.values.first { $0.username == name }
    }

    /// Mints a ticket; a new user is added to the sandbox.
    mutating func mint(
        for user: SandboxUser, isPhoneGranted: Bool, fault: SandboxFault? = nil, at now: Date
    ) throws -> String {
        users[user.id] = users[user.id] ?? user
        let (seconds, attoseconds) = configuration.ticketLifetime.components
        let expiry = now.addingTimeInterval(TimeInterval(seconds) + TimeInterval(attoseconds) * 1e-18)
        let claims = TicketClaims(
            jti: Hexadecimal.text(configuration.randomBytes(16)),
            userPoolId: configuration.userPoolId,
            iat: Int(now.timeIntervalSince1970),
            exp: Int(expiry.timeIntervalSince1970)
        )
        let text = try JSONWebToken.sign(claims, key: ticketKey)
        book.enter(
            Ticket(userID: user.id, isPhoneGranted: isPhoneGranted, expiry: expiry, fault: fault), as: text)
        return text
    }
}
