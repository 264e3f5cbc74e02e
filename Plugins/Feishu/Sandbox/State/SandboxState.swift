import BrokerSandbox
import Crypto
import Foundation

/// The state and the decisions of a sandbox: a value without I/O, which is given the time.
struct SandboxState: VendorState {
    /// A code that was issued.
    struct IssuedCode: Sendable {
        /// Where it came from.
        enum Origin: Sendable, Equatable {
            /// A page, with the redirect URI, the challenge and the scopes of the request.
            case page(redirectURI: String, challenge: String?, scopes: [String] = [])
            /// `tt.requestAccess`.
            case requestAccess
            /// `tt.login`.
            case login
        }

        let origin: Origin
        let person: Person
        let expiry: Date
        var isUsed = false
    }

    static let codeLifetime: TimeInterval = 300
    static let tokenLifetime: TimeInterval = 7200
    /// How long before its end the app's token is renewed, and both are good.
    static let renewal: TimeInterval = 1800

    let secret: String
    let tokenEndpoint: TokenEndpoint
    let redirectURIs: RedirectURIs
    let randomBytes: @Sendable (Int) -> [UInt8]

    var codes = ExpiringTable<IssuedCode>()
    var userTokens = ExpiringTable<Person>()
    var rateLimit = RateLimit()
    var appTokens = AppTokens(lifetime: tokenLifetime, renewal: renewal)

    init(
        secret: String,
        tokenEndpoint: TokenEndpoint = .v2,
        redirectURIs: RedirectURIs,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.secret = secret
        self.tokenEndpoint = tokenEndpoint
        self.redirectURIs = redirectURIs
        self.randomBytes = randomBytes
    }

    /// A new random text, which no one can guess.
    func handle(_ prefix: String, _ count: Int) -> String { prefix + Base64URL.encode(randomBytes(count)) }

    mutating func issueCode(_ origin: IssuedCode.Origin, to person: Person, at now: Date) -> String {
        let code = handle("", 24)
        let issued = IssuedCode(origin: origin, person: person, expiry: now.addingTimeInterval(Self.codeLifetime))
        // Kept longer, since Feishu tells an expired code from one that it never issued.
        codes.add(issued, as: code, for: 2 * Self.codeLifetime, at: now)
        return code
    }

    /// Redeems a code, which can be done once.
    mutating func redeem(_ code: String?, at now: Date) throws(Refusal) -> IssuedCode {
        guard let code, let issued = codes.value(of: code, at: now) else { throw .code }
        guard now < issued.expiry else { throw .expiredCode }
        guard !issued.isUsed else { throw .usedCode }
        codes.update(code) { $0.isUsed = true }
        return issued
    }

    /// Issues a user's tokens, among them one for refreshing if the user has allowed it.
    mutating func issueTokens(to person: Person, refreshable: Bool, at now: Date) -> Members {
        let token = handle("u-", 48)
        userTokens.add(person, as: token, for: Self.tokenLifetime, at: now)
        let members: Members = ["access_token": .text(token), "expires_in": .number(Int(Self.tokenLifetime))]
        return refreshable ? members.with(["refresh_token": .text(handle("ur-", 48))]) : members
    }
}

extension SandboxState {
    func checkAppToken(_ authorization: String?, at now: Date) throws(Refusal) {
        guard let authorization, authorization.hasPrefix("Bearer ") else { throw .appToken }
        switch appTokens.standing(of: String(authorization.dropFirst(7)), at: now) {
        case .good: return
        case .expired: throw .expiredAppToken
        case .unknown: throw .appToken
        }
    }

    /// Whether a verifier is the one of a challenge (RFC 7636 §4.6). One without a challenge is refused as well.
    static func fits(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let verifier, let challenge else { return verifier == nil && challenge == nil }
        return Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8)))) == challenge
    }
}
