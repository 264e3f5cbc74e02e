import Foundation
import LoopbackServer

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

extension SandboxState {
    private static let exchangePath = "/oauth/app2wxapp/auth/"
    private static let authorizationPath = "/sandbox/authorize"

    /// Answers a request: the documented exchange, the sandbox's own page, or a refusal in GenAuth's form.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let path = URLComponents(string: request.target)?.path ?? ""
        if path.hasPrefix(Self.exchangePath) {
            return try exchange(request, userPoolId: String(path.dropFirst(Self.exchangePath.count)), at: now)
        }
        if path == Self.authorizationPath {
            return try authorization(request, at: now)
        }
        return try refusal(.noSuchPath)
    }

    func refusal(_ code: BusinessCode) throws -> ServerScript {
        json(try configuration.envelope.text(code))
    }

    func json(_ text: String) -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "application/json; charset=utf-8")], body: Array(text.utf8))
    }

    /// What the mini program returns if it was launched with this query.
    mutating func authorize(
        _ query: LaunchQuery, as user: SandboxUser, decision: AuthorizationDecision, at now: Date
    ) throws -> ReturnedQuery {
        guard query.userPoolId == configuration.userPoolId else { return .refusal(.noSuchUserPool) }
        guard query.isFromApp else { return .refusal(.notLaunchedFromApp) }
        guard decision == .agree else { return .cancelled }
        return .ticket(try mint(for: user, isPhoneGranted: query.asksForPhone, at: now))
    }

    /// `GET /sandbox/authorize?…`: the launch query, plus `user` and `decision`.
    mutating func authorization(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let query = LaunchQuery(request.target)
        let decision = query["decision"].map(AuthorizationDecision.init(rawValue:)) ?? .agree
        guard request.method == "GET" else { return returned(.refusal(.methodNotAllowed)) }
        guard let decision else { return returned(.refusal(.malformedRequest)) }
        guard let user = user(named: query["user"]) else { return returned(.refusal(.noSuchUser)) }
        return returned(try authorize(query, as: user, decision: decision, at: now))
    }

    private func returned(_ query: ReturnedQuery) -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "text/plain; charset=utf-8")],
            body: Array("\(query.text(percentEncoded: false))\n".utf8)
        )
    }

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

/// The JSON body of the exchange request. Other members are ignored.
struct ExchangeBody: Decodable {
    let ticket: String
    let secret: String?

    init?(_ body: [UInt8]) {
        guard let decoded = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
        self = decoded
    }
}

/// A scripted failure of one exchange.
struct SandboxFault {
    let script: ServerScript
    let moment: FaultMoment
}
