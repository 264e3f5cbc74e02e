import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("What happens next with a request")
struct NextStepTests {
    private static let now = TestClock().date
    private static let account = AccountID(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)))

    /// A request, what has been done for it, and what is known.
    private struct Situation {
        var client = "web"
        var redirectURI = RequestBench.redirectURI
        var changes: [String: String?] = [:]
        /// The account's own id, or another one; nil for no hint.
        var subject: String?
        /// The provider of the session; nil for no session.
        var session: ProviderID? = "wxapp"
        /// How long ago the person signed in, in seconds.
        var age: Int64 = 300
        /// How long ago the login of this request was complete; nil if there was none.
        var loginAge: Int64?
        var isConfirmed = false
        var isAllowed = false
        var isAllowedByOther = false
        var consent: String?
        var providers: [ProviderID] = ["wxapp", "wechat"]

        func step(with clients: [String: TokenClient]) throws -> NextStep {
            let client = try #require(clients[client])
            var request = try AuthenticationRequest(
                RequestBench.query(client.id, redirectURI: redirectURI, changes),
                from: ClientDirectory(Array(clients.values)), issuer: TokenBench.issuer)
            request.subject = subject ?? request.subject
            return try step(of: request, by: client)
        }

        func step(of request: AuthenticationRequest, by client: TokenClient) throws -> NextStep {
            let randomness = RandomSource.seeded(1)
            let session = try session.map { provider in
                StoredSession(
                    Session(
                        browser: BoundSecret(randomness), provider: provider,
                        upstream: UpstreamSession(
                            IdentityKey(issuer: try #require(Issuer("https://upstream.example")), subject: "1")),
                        event: AuthenticationEvent(time: now - .seconds(age)), at: now),
                    id: UUID(), account: account, under: .standard)
            }
            var transaction = LoginTransaction(request, in: BoundSecret(randomness))
            if let loginAge {
                transaction = transaction.signedIn(to: session?.id ?? UUID(), at: now - .seconds(loginAge))
            }
            if isConfirmed { transaction = transaction.confirmed() }
            if isAllowed { transaction = transaction.allowed(in: isAllowedByOther ? UUID() : session?.id ?? UUID()) }
            let consent = try consent.map { scope in
                Consent(client: client.id, scope: try #require(ScopeList(stored: scope)), time: now)
            }
            return LoginFacts(
                transaction: transaction, client: client, session: session, consent: consent, providers: providers,
                now: now
            ).nextStep()
        }
    }

    private enum Outcome: Equatable {
        case page(LoginPage)
        case code
        case error(OAuthError.Code)
        case ownPage

        init(_ step: NextStep) {
            self =
                switch step {
                case .page(let page): .page(page)
                case .issueCode: .code
                case .show: .ownPage
                case .refuse(let error): .error(error.code)
                }
        }
    }

    private static func clients() throws -> [String: TokenClient] {
        Dictionary(uniqueKeysWithValues: try RequestBench.clients().map { ($0.id, $0) })
    }

    private static let phone = "com.example.phone:/callback"
    private static let mine = account.description
    private static let other = "00000000-0000-4000-8000-00000000000f"

    private static let table: [(String, Situation, Outcome)] = [
        ("a session gives a code", Situation(), .code),
        ("no session, several providers", Situation(session: nil), .page(.chooseProvider(["wxapp", "wechat"]))),
        ("no session, one provider", Situation(session: nil, providers: ["wechat"]), .page(.signIn("wechat"))),
        ("no session, no provider", Situation(session: nil, providers: []), .error(.temporarilyUnavailable)),
        (
            "no session, a provider that was asked for",
            Situation(changes: ["provider": "wechat"], session: nil), .page(.signIn("wechat"))
        ),
        (
            "a session of another provider than the one that was asked for",
            Situation(changes: ["provider": "wechat"]), .page(.signIn("wechat"))
        ),
        ("a session of the provider that was asked for", Situation(changes: ["provider": "wxapp"]), .code),
        (
            "a provider that is switched off", Situation(changes: ["provider": "wxapp"], providers: ["wechat"]),
            .error(.invalidRequest)
        ),
        (
            "a provider that does not exist, without pages",
            Situation(changes: ["provider": "absent", "prompt": "none"]), .error(.invalidRequest)
        ),
        (
            "a session of a provider that the client may not use", Situation(client: "shop"),
            .page(.signIn("wechat"))
        ),
        (
            "a session of a provider that the client may not use, without pages",
            Situation(client: "shop", changes: ["prompt": "none"]), .error(.loginRequired)
        ),
        ("a session whose provider is gone", Situation(providers: ["wechat"]), .page(.signIn("wechat"))),
        ("prompt=none without a session", Situation(changes: ["prompt": "none"], session: nil), .error(.loginRequired)),
        ("prompt=none with a session", Situation(changes: ["prompt": "none"]), .code),
        (
            "prompt=login with a session", Situation(changes: ["prompt": "login"]),
            .page(.chooseProvider(["wxapp", "wechat"]))
        ),
        ("prompt=login after the login", Situation(changes: ["prompt": "login"], loginAge: 0), .code),
        (
            "prompt=select_account with a session", Situation(changes: ["prompt": "select_account"]),
            .page(.chooseProvider(["wxapp", "wechat"]))
        ),
        ("prompt=select_account after the login", Situation(changes: ["prompt": "select_account"], loginAge: 0), .code),
        ("max_age that holds", Situation(changes: ["max_age": "300"]), .code),
        ("max_age that does not", Situation(changes: ["max_age": "299"]), .page(.chooseProvider(["wxapp", "wechat"]))),
        ("max_age=10000", Situation(changes: ["max_age": "10000"]), .code),
        (
            "max_age that does not, without pages", Situation(changes: ["max_age": "1", "prompt": "none"]),
            .error(.loginRequired)
        ),
        (
            "max_age=0, however fast", Situation(changes: ["max_age": "0"], age: 0),
            .page(.chooseProvider(["wxapp", "wechat"]))
        ),
        ("max_age=0 after the login", Situation(changes: ["max_age": "0"], age: 0, loginAge: 0), .code),
        (
            "max_age=1 after a login, long on the pages after it",
            Situation(changes: ["max_age": "1"], age: 600, loginAge: 600), .code
        ),
        (
            "max_age after a login that the upstream says was earlier",
            Situation(changes: ["max_age": "100"], age: 300, loginAge: 0), .error(.loginRequired)
        ),
        (
            "max_age after a login by a clock that is a little behind",
            Situation(changes: ["max_age": "100"], age: 160, loginAge: 0), .code
        ),
        ("a hint for this person", Situation(subject: mine), .code),
        ("a hint for this person, without pages", Situation(changes: ["prompt": "none"], subject: mine), .code),
        ("a hint for another person", Situation(subject: other), .page(.chooseProvider(["wxapp", "wechat"]))),
        (
            "a hint for another person, without pages", Situation(changes: ["prompt": "none"], subject: other),
            .error(.loginRequired)
        ),
        ("a hint for another person after a login", Situation(subject: other, loginAge: 0), .error(.loginRequired)),
        ("a client that asks", Situation(client: "partner"), .page(.askConsent("openid profile"))),
        (
            "a client that asks, without pages", Situation(client: "partner", changes: ["prompt": "none"]),
            .error(.consentRequired)
        ),
        ("a client that asked before", Situation(client: "partner", consent: "openid profile email"), .code),
        (
            "a client that asks for more", Situation(client: "partner", consent: "openid"),
            .page(.askConsent("openid profile"))
        ),
        (
            "a client that asks for offline access",
            Situation(client: "partner", changes: ["scope": "openid offline_access"], consent: "openid profile"),
            .page(.askConsent("openid offline_access"))
        ),
        (
            "a client that asks for a single claim",
            Situation(
                client: "partner", changes: ["claims": #"{"userinfo":{"email":null}}"#], consent: "openid profile"),
            .page(.askConsent("openid profile email"))
        ),
        (
            "a consent that was taken back after it was given", Situation(client: "partner", isAllowed: true),
            .page(.askConsent("openid profile"))
        ),
        (
            "prompt=consent, though all was allowed before",
            Situation(client: "partner", changes: ["prompt": "consent"], consent: "openid profile"),
            .page(.askConsent("openid profile"))
        ),
        (
            "prompt=consent of a client that need not ask", Situation(changes: ["prompt": "consent"]),
            .page(.askConsent("openid profile"))
        ),
        (
            "prompt=consent after it was given", Situation(changes: ["prompt": "consent"], isAllowed: true), .code
        ),
        (
            "prompt=consent after another person gave it",
            Situation(changes: ["prompt": "consent"], isAllowed: true, isAllowedByOther: true),
            .page(.askConsent("openid profile"))
        ),
        (
            "a redirect URI that proves no client", Situation(client: "phone", redirectURI: phone), .page(.confirm)
        ),
        (
            "a loopback redirect URI", Situation(client: "phone", redirectURI: "http://127.0.0.1:5/callback"),
            .page(.confirm)
        ),
        (
            "a redirect URI that proves no client, without pages",
            Situation(client: "phone", redirectURI: phone, changes: ["prompt": "none"]), .error(.interactionRequired)
        ),
        (
            "a redirect URI that proves no client, without pages and without a session",
            Situation(client: "phone", redirectURI: phone, changes: ["prompt": "none"], session: nil),
            .error(.loginRequired)
        ),
        (
            "a redirect URI that proves no client, with remembered consent",
            Situation(client: "phone", redirectURI: phone, consent: "openid profile"), .page(.confirm)
        ),
        (
            "a redirect URI that proves no client, after a login that may have been silent",
            Situation(client: "phone", redirectURI: phone, loginAge: 0), .page(.confirm)
        ),
        (
            "a redirect URI that proves no client, confirmed",
            Situation(client: "phone", redirectURI: phone, isConfirmed: true), .code
        ),
        (
            "a session that was lost after the login", Situation(session: nil, loginAge: 0, providers: ["wxapp"]),
            .page(.chooseProvider(["wxapp"]))
        ),
    ]

    @Test("Each rule has its consequence")
    func table() throws {
        let clients = try Self.clients()
        for (name, situation, expected) in Self.table {
            #expect(try Outcome(situation.step(with: clients)) == expected, "\(name)")
        }
    }

    @Test("In all combinations, a code needs every condition, and prompt=none sees no page")
    func invariants() throws {
        let clients = try Self.clients()
        let directory = try ClientDirectory(Array(clients.values))
        var codes = 0
        for (clientID, uri) in [
            ("web", RequestBench.redirectURI), ("partner", RequestBench.redirectURI), ("phone", Self.phone),
        ] {
            for prompt in [nil, "none", "login", "consent", "select_account"] {
                for maxAge in [nil, "0", "100", "1000"] {
                    for provider in [nil, "wxapp", "wechat"] {
                        let client = try #require(clients[clientID])
                        let changes = ["prompt": prompt, "max_age": maxAge, "provider": provider]
                        var request = try AuthenticationRequest(
                            RequestBench.query(clientID, redirectURI: uri, changes), from: directory,
                            issuer: TokenBench.issuer)
                        for subject in [nil, Self.mine, Self.other] {
                            request.subject = subject
                            for number in 0..<64 {
                                func bit(_ index: Int) -> Bool { number & (1 << index) != 0 }
                                let situation = Situation(
                                    session: bit(0) ? "wxapp" : nil, loginAge: bit(1) ? 300 : nil, isConfirmed: bit(2),
                                    isAllowed: bit(3), consent: bit(4) ? "openid profile" : nil,
                                    providers: bit(5) ? ["wxapp", "wechat"] : ["wxapp"])
                                let step = try situation.step(of: request, by: client)
                                let mayIssue = Self.mayIssue(situation, prompt, maxAge, provider, subject, clientID)
                                #expect((Outcome(step) == .code) == mayIssue, "\(clientID) \(changes) \(situation)")
                                if case .page(let page) = step {
                                    #expect(prompt != "none")
                                    if case .signIn = page { #expect(!bit(1), "no login leads to the next by itself") }
                                }
                                codes += mayIssue ? 1 : 0
                            }
                        }
                    }
                }
            }
        }
        #expect(codes > 1_000)
    }

    private static func mayIssue(
        _ situation: Situation,
        _ prompt: String?,
        _ maxAge: String?,
        _ provider: String?,
        _ subject: String?,
        _ client: String
    ) -> Bool {
        let hasLogin = situation.loginAge != nil
        let isFresh = maxAge != "0" && maxAge != "100" || hasLogin
        let isAsked = prompt == "login" || prompt == "select_account"
        return situation.session != nil && provider != "wechat" && subject != other && isFresh
            && (!isAsked || hasLogin)
            && (client != "partner" || situation.consent != nil) && (prompt != "consent" || situation.isAllowed)
            && (client != "phone" || situation.isConfirmed || situation.isAllowed)
    }
}
