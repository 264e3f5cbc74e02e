import BrokerSandbox
import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: Sendable {
    /// A code that was issued.
    struct IssuedCode: Sendable {
        enum Kind: Sendable, Equatable {
            /// Of a page.
            case page(scope: String)
            /// Of `wx.qy.login`.
            case miniProgram
        }

        let kind: Kind
        let person: Person
    }

    /// What expires, which WeCom tells from what it never issued.
    struct Expiring<Value: Sendable>: Sendable {
        let value: Value
        let expiry: Date
    }

    static let codeLifetime: TimeInterval = 300
    static let tokenLifetime: TimeInterval = 7200
    static let ticketLifetime: TimeInterval = 1800

    let secret: String
    let redirectURIs: RedirectURIs
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    private var appTokens = ExpiringTable<Expiring<Void>>()
    private var appToken: (text: String, expiry: Date)?
    private var tickets = ExpiringTable<Expiring<Person>>()

    init(secret: String, redirectURIs: RedirectURIs, randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.secret = secret
        self.redirectURIs = redirectURIs
        self.randomBytes = randomBytes
    }

    /// A new random text, which no one can guess.
    func handle(_ count: Int) -> String { Base64URL.encode(randomBytes(count)) }

    mutating func issueCode(_ kind: IssuedCode.Kind, to person: Person, at now: Date) -> String {
        let code = handle(24)
        codes.add(IssuedCode(kind: kind, person: person), as: code, for: Self.codeLifetime, at: now)
        return code
    }
}

extension SandboxState {
    /// The app's access token: the same to everyone until it expires or is voided.
    mutating func currentAppToken(at now: Date) -> (text: String, lifetime: Int) {
        if let appToken, now < appToken.expiry {
            return (appToken.text, Int(appToken.expiry.timeIntervalSince(now)))
        }
        let (text, expiry) = (handle(90), now.addingTimeInterval(Self.tokenLifetime))
        appToken = (text, expiry)
        appTokens.add(Expiring(value: (), expiry: expiry), as: text, for: 2 * Self.tokenLifetime, at: now)
        return (text, Int(Self.tokenLifetime))
    }

    /// Voids the app's access token, as WeCom may do at any time.
    mutating func voidAppToken() {
        if let appToken { appTokens.remove(appToken.text) }
        appToken = nil
    }

    func checkAppToken(_ token: String?, at now: Date) throws(Refusal) {
        guard let token else { throw .noToken }
        guard let issued = appTokens.value(of: token, at: now) else { throw .token }
        guard now < issued.expiry else { throw .expiredToken }
    }

    mutating func issueTicket(to person: Person, at now: Date) -> String {
        let (ticket, expiry) = (handle(48), now.addingTimeInterval(Self.ticketLifetime))
        tickets.add(Expiring(value: person, expiry: expiry), as: ticket, for: 2 * Self.ticketLifetime, at: now)
        return ticket
    }

    func person(of ticket: String?, at now: Date) throws(Refusal) -> Person {
        guard let issued = ticket.flatMap({ tickets.value(of: $0, at: now) }) else { throw .ticket }
        guard now < issued.expiry else { throw .expiredTicket }
        return issued.value
    }
}
