import BrokerSandbox
import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: VendorState {
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
    /// Each is good until it expires or is voided.
    var appTokens = AppTokens(lifetime: tokenLifetime, renewal: 0)
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
    func checkAppToken(_ token: String?, at now: Date) throws(Refusal) {
        guard let token else { throw .noToken }
        switch appTokens.standing(of: token, at: now) {
        case .good: return
        case .expired: throw .expiredToken
        case .unknown: throw .token
        }
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
