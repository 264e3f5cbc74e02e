import BrokerTesting
import Foundation
import IdentityBroker

@testable import BrokerTokens

/// A token service over a memory store, with two providers, several clients and a stopped clock.
// Composed by hand: `BrokerService` takes neither a clock that stands still nor a store that fails when told to.
struct TokenBench: Sendable {
    static let issuer = "https://id.example.com"
    static let audience = "https://api.example.com"
    static let secret = "web-secret-Zk4vNc8RgH1uPq7L"
    static let provider: ProviderID = "wxapp"

    let clock: TestClock
    let log = LogRecording()
    let store: FaultyStore
    let broker: Broker
    let keys: SigningKeys
    let service: TokenService

    private let tickets = Locked(0)

    init(
        store: FaultyStore = FaultyStore(),
        clock: TestClock = TestClock(),
        clients: [TokenClient]? = nil,
        lifetimes: TokenLifetimes = .standard,
        algorithms: Set<SigningAlgorithm> = [.es256],
        encryptionKey: KeyEncryptionKey = .example,
        script: @escaping TicketProvider.Script = { _ in }
    ) async throws {
        self.clock = clock
        self.store = store
        let brokerClock = BrokerClock(clock, now: clock.wallClock)
        broker = try Broker(
            providers: ["wxapp", "wechat"].map { id in
                try ProviderInstance(
                    TicketProvider.self, settings: TicketProvider.Settings(script: script),
                    context: ProviderContext(id: id))
            },
            transport: NoTransport(), store: store, clock: brokerClock, logger: log.makeLogger())
        keys = SigningKeys(
            store: store, encryptionKey: encryptionKey, algorithms: algorithms, clock: brokerClock,
            logger: log.makeLogger())
        service = try TokenService(
            issuer: Self.issuer, clients: ClientDirectory(clients ?? Self.clients()), broker: broker, store: store,
            keys: keys, lifetimes: lifetimes, clock: brokerClock, logger: log.makeLogger())
        try await keys.prepare()
    }

    /// `web` and `shop` have a secret, `shop` may only use `wechat`, `app` is public, `https://api.example.com` is the
    /// resource server, and `wide` has two audiences.
    static func clients() throws -> [TokenClient] {
        let secret = TokenClient.Authentication.secret(Secret(secret))
        return [
            try TokenClient(id: "web", authentication: secret, audiences: [audience]),
            try TokenClient(id: "shop", authentication: secret, audiences: [audience], providers: ["wechat"]),
            try TokenClient(
                id: "app", authentication: .none, audiences: [audience], redeemsTicketsWithoutAuthentication: true),
            try TokenClient(id: audience, authentication: secret, grants: [], audiences: ["unused"]),
            try TokenClient(id: "wide", authentication: secret, audiences: [audience, "https://files.example.com"]),
        ]
    }

    func client(_ id: String = "web") throws -> AuthenticatedClient {
        try service.clients.authenticate(id, secret: id == "app" ? nil : Secret(Self.secret))
    }

    /// Exchanges a fresh ticket.
    func signIn(
        _ client: String = "web",
        scope: String? = "openid profile",
        audiences: [String] = [],
        provider: ProviderID = TokenBench.provider
    ) async throws -> IssuedTokens {
        let number = tickets.withLock { number in
            number += 1
            return number
        }
        return try await service.exchange(
            ExchangeRequest(
                client: self.client(client), provider: provider, credential: .ticket("ticket-\(number)"), scope: scope,
                audiences: audiences))
    }

    func refresh(
        _ token: Secret?,
        as client: String = "web",
        scope: String? = nil,
        audiences: [String] = []
    ) async throws -> IssuedTokens {
        guard let token else { throw Missing() }
        return try await service.refresh(
            RefreshRequest(client: self.client(client), refreshToken: token, scope: scope, audiences: audiences))
    }

    /// Whether the token is active to the resource server.
    func isActive(_ token: Secret) async throws -> Bool {
        try await service.introspect(token, by: client(Self.audience)).isActive
    }

    var verifier: AccessTokenVerifier {
        AccessTokenVerifier(
            issuer: Self.issuer, keys: keys, clock: BrokerClock(clock, now: clock.wallClock))
    }

    func accessToken(_ tokens: IssuedTokens) async throws -> AccessToken {
        try await verifier.verify(tokens.accessToken.reveal(), audience: Self.audience)
    }

    func grant(of tokens: IssuedTokens) async throws -> StoredGrant {
        try await grant(RecordID(grantID(of: tokens)))
    }

    /// The id of the grant that an access token names.
    func grantID(of tokens: IssuedTokens) async throws -> UUID {
        guard let id = try await accessToken(tokens).grant else { throw Missing() }
        return id
    }

    func grant(_ id: RecordID) async throws -> StoredGrant {
        guard let record = try await store.memory.record(Grant.self, id, at: .distantPast),
            let grant = StoredGrant(record)
        else { throw Missing() }
        return grant
    }

    /// The ids of all grants.
    var grants: [RecordID] {
        get async throws {
            try await store.memory.records(.all(Grant.recordKind), after: nil, atMost: 100, at: .distantPast)
                .records.map(\.key.id)
        }
    }

    func events(_ action: AuditAction) -> [AuditEvent] {
        store.memory.auditEvents.filter { $0.action == action }
    }

    private struct Missing: Error {}
}

extension KeyEncryptionKey {
    static let example = ephemeral(.seeded(1))
}

/// The error of a body that must fail.
func refusal<Value>(of body: () async throws -> Value) async throws -> OAuthError {
    do {
        _ = try await body()
    } catch let error as OAuthError {
        return error
    }
    throw UnexpectedSuccess()
}

struct UnexpectedSuccess: Error {}
