import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

/// A token service with two providers for browsers, the clients of ``RequestBench``, and a stopped clock.
struct LoginBench: Sendable {
    let clock: TestClock
    let store: FaultyStore
    let broker: Broker
    let keys: SigningKeys
    let service: TokenService

    private let tickets = Locked(0)

    init(
        store: FaultyStore = FaultyStore(),
        clock: TestClock = TestClock(),
        clients: [TokenClient]? = nil,
        providers: [ProviderID] = ["wxapp", "wechat"],
        sessions: SessionLifetimes = .standard
    ) async throws {
        self.clock = clock
        self.store = store
        let brokerClock = BrokerClock(clock, now: clock.wallClock)
        broker = try Broker(
            providers: providers.map { id in
                try ProviderInstance(
                    BrowserProvider.self, settings: BrowserProvider.Settings(), context: ProviderContext(id: id))
            },
            transport: NoTransport(), store: store, clock: brokerClock)
        keys = SigningKeys(
            store: store, encryptionKey: .example, algorithms: [.es256, .rs256], clock: brokerClock)
        service = try TokenService(
            issuer: TokenBench.issuer, clients: ClientDirectory(clients ?? RequestBench.clients()), broker: broker,
            store: store, keys: keys, sessionLifetimes: sessions, clock: brokerClock)
        try await store.adoptSharedKeys()
        try await keys.prepare()
    }

    func client(_ id: String) throws -> AuthenticatedClient {
        let isPublic = ["spa", "phone"].contains(id)
        return try service.clients.authenticate(id, secret: isPublic ? nil : Secret(TokenBench.secret))
    }

    /// A login at an upstream that succeeded.
    func login(_ person: String = "ada", at provider: ProviderID = "wxapp") async throws -> CompletedLogin {
        let number = tickets.withLock { number in
            number += 1
            return number
        }
        return CompletedLogin(try await broker.signIn(provider, with: .ticket("\(person)-\(number)")))
    }

    func events(_ action: AuditAction) -> [AuditEvent] {
        store.memory.auditEvents.filter { $0.action == action }
    }

    /// The records of a kind.
    func records<Body: RecordBody>(_ body: Body.Type) async throws -> [Record<Body>] {
        try await store.memory.records(.all(Body.recordKind), after: nil, atMost: 100, at: .distantPast)
            .records.map { try Record($0) }
    }

    /// Redeems a code as its client would.
    func redeem(
        _ code: String,
        as client: String = "web",
        redirectURI: String = RequestBench.redirectURI,
        verifier: Secret? = RequestBench.verifier,
        audiences: [String] = []
    ) async throws -> IssuedTokens {
        try await service.redeem(
            CodeRequest(
                client: self.client(client), code: Secret(code), redirectURI: redirectURI, verifier: verifier,
                audiences: audiences))
    }

    func refresh(_ token: Secret?, as client: String = "web", scope: String? = nil) async throws -> IssuedTokens {
        try await service.refresh(
            RefreshRequest(client: self.client(client), refreshToken: try #require(token), scope: scope))
    }

    /// The grant of an access token.
    func grant(of tokens: IssuedTokens) async throws -> StoredGrant? {
        let token = try await service.verifier.verify(tokens.accessToken.reveal())
        let id = RecordID(try #require(token.grant))
        let record = try await store.memory.record(Grant.self, id, at: .distantPast)
        return record.flatMap(StoredGrant.init)
    }

    /// The claims of an ID token, whose signature was verified.
    func idToken(_ tokens: IssuedTokens) async throws -> JSONObject {
        let verifier = TokenVerifier(
            issuer: TokenBench.issuer, keys: .shared(keys), clock: BrokerClock(clock, now: clock.wallClock),
            leeway: .none)
        return try await verifier.verify(try #require(tokens.idToken).reveal(), as: .idToken).members
    }
}

/// A browser with its cookies, which goes through logins.
final class BrowserDouble {
    let bench: LoginBench
    var browser: Secret?
    var session: Secret?
    /// The transaction that it is in.
    var transaction: UUID?

    init(_ bench: LoginBench) {
        self.bench = bench
    }

    var cookies: BrowserCookies { BrowserCookies(browser: browser, session: session) }

    /// What the person sees, or the client gets.
    enum Sight: Equatable {
        case page(LoginPage)
        case code(String)
        case error(OAuthError.Code)
        /// A page that says that it cannot be gone on with.
        case dead(OAuthError.Code)
        /// A page of the broker's own, for someone who is signed in.
        case ownPage(OwnPage)

        var code: String? {
            if case .code(let code) = self { code } else { nil }
        }
    }

    /// Brings a request.
    func open(
        _ client: String = "web",
        redirectURI: String = RequestBench.redirectURI,
        _ changes: [String: String?] = [:]
    ) async throws -> Sight {
        try await see {
            try await bench.service.authorize(
                RequestBench.query(client, redirectURI: redirectURI, changes), in: cookies)
        }
    }

    func reload() async throws -> Sight {
        let transaction = try #require(transaction)
        return try await see { try await bench.service.resume(transaction, in: cookies) }
    }

    func confirm() async throws -> Sight {
        let transaction = try #require(transaction)
        return try await see { try await bench.service.confirm(transaction, in: cookies) }
    }

    func allow() async throws -> Sight {
        let transaction = try #require(transaction)
        return try await see { try await bench.service.allow(transaction, in: cookies) }
    }

    func signIn(_ person: String = "ada", at provider: ProviderID = "wxapp") async throws -> Sight {
        try await signIn(bench.login(person, at: provider))
    }

    func signIn(_ login: CompletedLogin) async throws -> Sight {
        let transaction = try #require(transaction)
        return try await see {
            let (outcome, session) = try await bench.service.signIn(login, for: transaction, in: cookies)
            self.session = session
            return try outcome.get()
        }
    }

    /// Brings a request, signs in, and returns the code.
    func code(
        _ client: String = "web",
        _ changes: [String: String?] = [:],
        person: String = "ada"
    ) async throws -> String {
        if let code = try await open(client, changes).code { return code }
        return try #require(try await signIn(person).code)
    }

    func see(_ body: () async throws -> AuthorizationProgress) async throws -> Sight {
        do {
            switch try await body() {
            case .answer(let response):
                let parameters = RequestBench.ResponseSummary(response).parameters
                #expect(parameters["iss"] == TokenBench.issuer)
                return .code(try #require(parameters["code"]))
            case .page(let page, let handle):
                (transaction, browser) = (handle.transaction, handle.browser)
                return .page(page)
            case .ownPage(let page, _):
                return .ownPage(page)
            }
        } catch let refusal as AuthorizationRefusal {
            switch refusal {
            case .page(let error): return .dead(error.code)
            case .client(let response, let error):
                #expect(RequestBench.ResponseSummary(response).parameters["error"] == error.code.rawValue)
                return .error(error.code)
            }
        }
    }
}

extension FaultyStore {
    /// Stores a ring with a key for each algorithm, unless there is one: to make an RSA key takes long.
    fileprivate func adoptSharedKeys() async throws {
        guard try await memory.keyRing == nil else { return }
        let start = TestClock().date
        let keys = [try TokenSigningKey.generate(for: .es256), try #require(TokenSigningKey.sharedRSA.first)]
        let ring = KeyRing(keys.map { KeyRing.Entry(key: $0, signsFrom: start, hasSigned: true, under: .standard) })
        _ = try await memory.commit([ring.sealed(with: .example, replacing: nil).put()], at: start)
    }
}
