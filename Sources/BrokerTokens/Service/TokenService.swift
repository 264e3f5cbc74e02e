import Foundation
public import IdentityBroker
public import Logging

/// Issues tokens to clients for their users' logins: the endpoints of OAuth 2.0 and OpenID Connect, without HTTP.
///
/// ```swift
/// let client = try await tokens.authenticate(id, secret: secret)
/// let issued = try await tokens.exchange(
///     ExchangeRequest(client: client, provider: "wxapp", credential: .ticket(ticket), scope: "openid profile"))
/// ```
///
/// Every refusal, refresh and revocation of an authenticated client is in the audit log before the answer is given; if
/// the store fails, the request is refused. Refusals of strangers, and so of public clients, are sampled: the first ones
/// of a kind from an address are written, then one a second, and of all kinds together 50 at once and one a second. The
/// notice `stands_for:N` of an event says how many there were since the last one.
public final class TokenService: Sendable {
    /// The issuer of the tokens: `iss`.
    public let issuer: String

    package let broker: Broker
    package let store: any BrokerStore
    package let keys: SigningKeys
    let lifetimes: TokenLifetimes
    let sessionLifetimes: SessionLifetimes
    let clock: BrokerClock
    let identifiers: IdentifierSource
    let randomness: RandomSource
    let logger: Logger
    let verifier: AccessTokenVerifier
    /// The devices that wait for approval.
    let devices = Locked(PendingRecords(lifetime: DeviceAuthorization.lifetime))
    let storeAccess: StoreAccess
    /// Which refusals of strangers are written.
    let refusals: Locked<RefusalSampler>
    /// The requests for codes that wait for people.
    let logins = Locked(PendingRecords(lifetime: LoginTransaction.lifetime))
    /// The requests that clients have pushed.
    let pushes = Locked(PendingRecords(lifetime: PushedRequest.lifetime + LoginTransaction.lifetime))
    /// What waits for a browser.
    let heldTexts = Locked(PendingRecords(lifetime: HeldText.lifetime))

    private let directory: Locked<ClientDirectory>

    /// Creates the service.
    ///
    /// - Parameters:
    ///   - issuer: The issuer of the tokens: an https URL without query and fragment (RFC 8414 §2), or plain http to
    ///     this machine itself.
    ///   - clients: The clients that it serves.
    ///   - broker: The broker that signs people in.
    ///   - store: The broker's own store.
    ///   - keys: The keys that sign tokens.
    ///   - lifetimes: How long tokens and grants live.
    ///   - sessionLifetimes: How long people stay signed in.
    ///   - clock: The clock.
    ///   - identifiers: The source of ids for grants and tokens.
    ///   - randomness: The source of randomness for refresh tokens.
    ///   - logger: Receives one line for each request, without secrets and tokens at any level.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if the issuer is not such a URL, a token would
    ///   outlive the keys, or a client's tokens are signed with an algorithm without keys.
    public init(
        issuer: String,
        clients: ClientDirectory,
        broker: Broker,
        store: any BrokerStore,
        keys: SigningKeys,
        lifetimes: TokenLifetimes = .standard,
        sessionLifetimes: SessionLifetimes = .standard,
        clock: BrokerClock = .system,
        identifiers: IdentifierSource = .random,
        randomness: RandomSource = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) {
        try Self.checkIssuer(issuer)
        guard lifetimes.longest <= keys.rotation.longestTokenLifetime else {
            throw .misconfigured(
                "Tokens may not outlive the keys: raise the longest token lifetime of the key rotation.")
        }
        self.issuer = issuer
        self.broker = broker
        self.store = store
        storeAccess = StoreAccess(clock: clock, logger: logger)
        refusals = Locked(RefusalSampler(at: clock.uptime()))
        self.keys = keys
        self.lifetimes = lifetimes
        self.sessionLifetimes = sessionLifetimes
        self.clock = clock
        self.identifiers = identifiers
        self.randomness = randomness
        self.logger = logger
        verifier = AccessTokenVerifier(issuer: issuer, keys: keys, clock: clock, ownTokensOf: lifetimes)
        try Self.check(clients, keys)
        directory = Locked(clients)
    }

    /// Checks that tokens can be issued under this name.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if it is neither an https URL without query and
    ///   fragment nor plain http to this machine itself.
    public static func checkIssuer(_ issuer: String) throws(BrokerError) {
        guard let url = UpstreamURL(issuer), url.scheme == .https || url.isLoopback else {
            throw .misconfigured(
                "The issuer of tokens must be an https URL without query and fragment, or http on this machine.")
        }
    }

    /// Serves only these clients from now on.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` as at the start; the old ones then remain.
    public func replaceClients(with clients: ClientDirectory) throws(BrokerError) {
        try Self.check(clients, keys)
        directory.withLock { $0 = clients }
    }

    /// The clients that are served now.
    public var clients: ClientDirectory { directory.withLock { $0 } }

    private static func check(_ clients: ClientDirectory, _ keys: SigningKeys) throws(BrokerError) {
        for client in clients.all {
            for algorithm in [client.signingAlgorithm, client.idTokenAlgorithm]
            where !keys.algorithms.contains(algorithm) {
                throw .misconfigured(
                    "The client \(client.id) wants tokens signed with \(algorithm.rawValue), and no key does.")
            }
        }
    }

    /// The keys to sign a client's tokens with.
    func mintKeys(for client: TokenClient) throws(OAuthError) -> TokenMint.Keys {
        guard let accessToken = keys.signingKey(for: client.signingAlgorithm),
            let idToken = keys.signingKey(for: client.idTokenAlgorithm)
        else { throw OAuthError(BrokerError(.unavailable, "The signing keys are not ready. Try again later.")) }
        return TokenMint.Keys(accessToken: accessToken, idToken: idToken)
    }

    func mint(for client: TokenClient, at now: Date) throws(OAuthError) -> TokenMint {
        TokenMint(
            issuer: issuer, lifetimes: lifetimes, keys: try mintKeys(for: client), id: identifiers.next(), now: now)
    }
}

extension TokenService {
    /// Authenticates a client; see ``ClientDirectory/authenticate(_:secret:)``. A refusal is recorded.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``.
    public func authenticate(_ id: String?, secret: Secret?) async throws(OAuthError) -> AuthenticatedClient {
        try await authenticate(anyOf: [ClientCredentials(id: id, secret: secret)])
    }

    /// Authenticates a client by any of several readings of what it presented. A refusal is recorded for the first one.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``.
    package func authenticate(anyOf readings: [ClientCredentials]) async throws(OAuthError) -> AuthenticatedClient {
        let clients = clients
        do throws(OAuthError) {
            return try clients.authenticate(anyOf: readings)
        } catch {
            let id = readings.first?.id
            // An id that is not configured is arbitrary text from the caller, and does not belong in the log.
            try await recordRefusal(error, of: .clientAuthentication, client: id.flatMap { clients[$0]?.id })
            throw error
        }
    }

    /// Authenticates a client by an assertion that it has signed (RFC 7523 §2.2), which is good once. A refusal is recorded.
    ///
    /// - Parameters:
    ///   - id: `client_id`, as received; nil if there was none.
    ///   - assertion: `client_assertion`, as received.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``; with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    package func authenticate(_ id: String?, assertion: Secret) async throws(OAuthError) -> AuthenticatedClient {
        let (clients, now, assertion) = (clients, clock.now(), ClientAssertion(assertion))
        do throws(OAuthError) {
            let client = try clients.authenticate(id, assertion: assertion, for: issuer, at: now)
            // Only what proves itself is remembered: anyone can make up ids.
            guard let assertion else { throw .clientNotAuthenticated }
            let presented = PresentedAssertion.record(of: assertion)
            let isFirst = try await commit(at: now) { () throws(StoreFailure) in [try presented.put()] }
            guard isFirst else { throw .clientNotAuthenticated }
            return client
        } catch {
            guard error.code == .invalidClient else { throw error }
            let named = id ?? assertion?.client
            try await recordRefusal(error, of: .clientAuthentication, client: named.flatMap { clients[$0]?.id })
            throw error
        }
    }
}
