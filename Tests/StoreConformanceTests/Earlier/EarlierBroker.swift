import BrokerTesting
import Foundation
import IdentityBroker

@testable import BrokerTokens

/// A service over the store of an earlier version, at the time when that was written or a little later.
struct EarlierBroker {
    static let provider: ProviderID = "earlier"
    /// When the store was written. Everything in it that lives, lives for a century.
    static let written = Date(timeIntervalSince1970: 1_767_323_045)

    private static let audience = "https://api.example.com"
    private static let issuer = "https://id.example.com"
    private static let secret = Secret("web-secret-of-the-earlier-store")

    let store: any BrokerStore
    let clock: BrokerClock
    let keys: SigningKeys

    private let testClock: TestClock
    private let broker: Broker

    /// - Parameter encryptionKey: A test value; by default the one that the store was written with.
    init(
        over store: any BrokerStore,
        at time: Date,
        encryptionKey: Secret = Secret("key-encryption-key-of-the-earlier-store")
    ) throws {
        testClock = TestClock(at: time)
        clock = BrokerClock(testClock, now: testClock.wallClock)
        self.store = store
        broker = try Broker(
            providers: [
                ProviderInstance(
                    EarlierProvider.self, settings: EarlierProvider.Settings(),
                    context: ProviderContext(id: Self.provider))
            ],
            transport: NoTransport(), store: store, housekeeping: .elsewhere, clock: clock)
        // The earlier version had keys for this algorithm alone.
        keys = SigningKeys(
            store: store, encryptionKey: try KeyEncryptionKey(encryptionKey), algorithms: [.es256], clock: clock)
    }

    /// - Parameter refreshLifetime: How long the grants live that it opens.
    func service(refreshLifetime: Duration = .seconds(100 * 366 * 24 * 60 * 60)) throws -> TokenService {
        let lifetimes = try TokenLifetimes(refreshIdle: refreshLifetime, refreshAbsolute: refreshLifetime)
        return try TokenService(
            issuer: Self.issuer,
            clients: ClientDirectory([
                TokenClient(id: "web", authentication: .secret(Self.secret), audiences: [Self.audience]),
                TokenClient(
                    id: "app", authentication: .none, audiences: [Self.audience],
                    redeemsTicketsWithoutAuthentication: true),
            ]),
            broker: broker, store: store, keys: keys, lifetimes: lifetimes, clock: clock)
    }

    /// The grant of this id, though it may have expired.
    func grant(_ id: UUID) async throws -> StoredGrant? {
        try await store.record(Grant.self, RecordID(id), at: .distantPast).flatMap(StoredGrant.init)
    }

    func wait() { testClock.advance(by: .milliseconds(1500)) }

    func client(_ id: String = "web", of service: TokenService) throws -> AuthenticatedClient {
        try service.clients.authenticate(id, secret: id == "app" ? nil : Self.secret)
    }

    func signIn(_ ticket: String, through service: TokenService) async throws -> IssuedTokens {
        try await service.exchange(
            ExchangeRequest(client: client(of: service), provider: Self.provider, credential: .ticket(ticket)))
    }

    func signIn(_ person: String, presenting nonce: Secret, through service: TokenService) async throws -> IssuedTokens
    {
        let nonce = nonce.reveal()
        return try await service.exchange(
            ExchangeRequest(
                client: client("app", of: service), provider: Self.provider,
                credential: .idToken("\(nonce).\(person)", nonce: nonce)))
    }

    func refresh(_ token: Secret, through service: TokenService) async throws -> IssuedTokens {
        try await service.refresh(RefreshRequest(client: client(of: service), refreshToken: token))
    }

    func verify(_ token: Secret) async throws -> AccessToken {
        try await AccessTokenVerifier(issuer: Self.issuer, keys: keys, clock: clock)
            .verify(token.reveal(), audience: Self.audience)
    }
}
