import BrokerTesting
import IdentityBroker

@testable import BrokerTokens

/// A token service with two providers of ID tokens, which also take codes, `first` and `second`, one of tickets, and three clients: `app` and
/// `other` are public, and `other` may only use `first`; `web` has a secret.
struct NonceBench: Sendable {
    let clock = TestClock()
    let store = FaultyStore()
    private let service: TokenService

    init() async throws {
        let clock = BrokerClock(clock, now: clock.wallClock)
        var instances = try ["first", "second"].map { id in
            try ProviderInstance(
                IDTokenProvider.self, settings: IDTokenProvider.Settings(), context: ProviderContext(id: id))
        }
        instances.append(
            try ProviderInstance(
                TicketProvider.self, settings: TicketProvider.Settings(), context: ProviderContext(id: "tickets")))
        let broker = try Broker(providers: instances, transport: NoTransport(), store: store, clock: clock)
        let keys = SigningKeys(store: store, encryptionKey: .example, algorithms: [.es256], clock: clock)
        try await keys.prepare()
        service = try TokenService(
            issuer: TokenBench.issuer, clients: ClientDirectory(Self.clients()), broker: broker, store: store,
            keys: keys,
            clock: clock)
    }

    private static func clients() throws -> [TokenClient] {
        let audiences = [TokenBench.audience]
        return [
            try TokenClient(
                id: "app", authentication: .none, audiences: audiences, redeemsTicketsWithoutAuthentication: true),
            try TokenClient(
                id: "other", authentication: .none, audiences: audiences, providers: ["first"],
                redeemsTicketsWithoutAuthentication: true),
            try TokenClient(id: "web", authentication: .secret(Secret(TokenBench.secret)), audiences: audiences),
        ]
    }

    private func client(_ id: String) throws -> AuthenticatedClient {
        try service.clients.authenticate(id, secret: id == "web" ? Secret(TokenBench.secret) : nil)
    }

    func issue(to client: String = "app", at provider: ProviderID = "first") async throws -> IssuedNonce {
        try await service.issueNonce(for: provider, to: self.client(client))
    }

    /// - Parameter idToken: Its text up to the first full stop is its nonce.
    func signIn(
        _ client: String = "app",
        at provider: ProviderID = "first",
        idToken: String,
        presenting nonce: String?
    ) async throws -> IssuedTokens {
        try await service.exchange(
            ExchangeRequest(
                client: self.client(client), provider: provider, credential: .idToken(idToken, nonce: nonce)))
    }

    /// - Parameter code: Its text up to the first full stop is the nonce of the ID token that it leads to.
    func signIn(code: String, presenting nonce: String?) async throws -> IssuedTokens {
        try await service.exchange(
            ExchangeRequest(
                client: client("app"), provider: "first", credential: .authorizationCode(code, nonce: nonce)))
    }

    func events(_ action: AuditAction) -> [AuditEvent] {
        store.memory.auditEvents.filter { $0.action == action }
    }
}

/// A provider that accepts every text as an ID token, or as a code for one, with its beginning as the nonce, unless the
/// text says what is wrong with it.
private struct IDTokenProvider: IdentityProvider {
    struct Settings: Decodable, Sendable {}

    static let manifest = ProviderManifest(
        type: "id-token", displayName: "ID token", summary: "Takes every ID token.",
        credentials: [
            CredentialForm(kind: .idToken, provesItself: true),
            CredentialForm(kind: .authorizationCode, acceptsNativeCodes: true),
        ])

    let issuer: Issuer

    init(settings: Settings, context: ProviderContext) throws {
        guard let issuer = Issuer("https://\(context.id).example") else {
            throw BrokerError(.misconfigured, "The id is not part of an issuer.")
        }
        self.issuer = issuer
    }

    func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let text = credential.value.reveal()
        if text.hasSuffix(".forged") { throw BrokerError(.invalidCredential, "The signature does not verify.") }
        if text.hasSuffix(".down") { throw BrokerError(.upstreamUnavailable, "There are no keys.") }
        var subject = Agreement(on: "subject")
        subject.add("person-1", at: "sub")
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.nonce = text.split(separator: ".").first.map(String.init)
        return identity
    }
}
