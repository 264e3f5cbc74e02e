public import Logging
public import Tracing

/// Turns credentials into identities: the one entry to everything in this module.
///
/// ```swift
/// let broker = try Broker(providers: [wxapp], transport: CurlTransport())
/// let identity = try await broker.login("wxapp", with: .ticket(ticket))
/// ```
public final class Broker: Sendable {
    let transport: any UpstreamTransport
    let store: any LoginStore
    let storeAccess: StoreAccess
    private let accounts: (any AccountStore)?
    let clock: BrokerClock
    let identifiers: IdentifierSource
    let randomness: RandomSource
    let logger: Logger
    let notices: FailureNotices
    let retention: Duration

    let housekeeper: Housekeeper
    let timekeeper: Timekeeper

    private let tracer: any Tracer
    private let directory: Locked<ProviderDirectory>

    /// Makes a broker.
    ///
    /// - Parameters:
    ///   - providers: The instances that it serves.
    ///   - transport: What carries requests to upstreams.
    ///   - store: Where credentials are reserved and logins recorded. The default forgets both with the process.
    ///   - retention: For how long a credential that was presented is remembered; longer than any upstream's credential
    ///     lives. 24 hours by default.
    ///   - housekeeping: Who has the store forget what is too old. By default the broker does.
    ///   - clock: The clock.
    ///   - identifiers: Where logins get their ids from.
    ///   - randomness: Where the states, nonces and code verifiers of logins by redirect come from.
    ///   - logger: Gets one line a login, at `info`; one at `error` where logins fail until an operator puts something right,
    ///     and at `warning` where an upstream is left alone. No secret, ticket, token or phone number at any level.
    ///   - tracer: Gets one span a login. The default is the one that the process was set up with by now.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two instances have the same id, or if the
    ///   retention is not longer than nothing, which would forget a credential as it is reserved.
    public init(
        providers: [ProviderInstance],
        transport: any UpstreamTransport,
        store: any LoginStore = MemoryStore(),
        retention: Duration = .seconds(24 * 60 * 60),
        housekeeping: Housekeeping = .automatic,
        clock: BrokerClock = .system,
        identifiers: IdentifierSource = .random,
        randomness: RandomSource = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() }),
        tracer: any Tracer = InstrumentationSystem.tracer
    ) throws(BrokerError) {
        guard retention > .zero else {
            throw .misconfigured("The retention of credentials must be positive.")
        }
        directory = Locked(
            try ProviderDirectory(providers, at: clock.uptime()) { instance in
                SharedValues(of: instance, over: transport, clock: clock, logger: logger)
            })
        self.transport = transport
        self.store = store
        storeAccess = StoreAccess(clock: clock, logger: logger)
        accounts = store as? any AccountStore
        self.retention = retention
        self.clock = clock
        self.identifiers = identifiers
        self.randomness = randomness
        self.logger = logger
        notices = FailureNotices(clock: clock, logger: logger)
        self.tracer = tracer
        timekeeper = Timekeeper(clock, logger: logger)
        housekeeper = Housekeeper(store, through: storeAccess, housekeeping, clock: clock, logger: logger)
    }

    /// Exchanges a credential for an identity.
    ///
    /// - Parameters:
    ///   - id: Which provider instance to ask.
    ///   - credential: What the user's app brought.
    ///   - caller: Who asks, where a limit on each caller's rate shall hold.
    /// - Returns: The identity. Its login appears in the audit log by then.
    /// - Throws: ``BrokerError``; ``BrokerError/credential`` says what became of the credential.
    public func login(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey? = nil
    ) async throws(BrokerError) -> Identity {
        var login = Login(id, with: credential, from: caller, for: .identity, at: self)
        return try await run(&login).get()
    }

    /// The same for a caller that has used up some of the login's time already.
    package func login(
        _ id: ProviderID,
        with credential: Credential,
        until deadline: Deadline
    ) async throws(BrokerError) -> Identity {
        var login = Login(id, with: credential, from: nil, for: .identity, at: self)
        login.deadline = deadline
        return try await run(&login).get()
    }

    /// Exchanges a credential for an identity and its account, which is made at the first login.
    ///
    /// The login, its audit event, the account and the grant land in the store together, or none of them.
    ///
    /// - Parameters:
    ///   - id: Which provider instance to ask.
    ///   - credential: What the user's app brought.
    ///   - caller: Who asks, where a limit on each caller's rate shall hold.
    ///   - client: The client on whose behalf the login is, for the audit log.
    ///   - grant: The grant to open for the client; nil where it is to get no tokens.
    /// - Throws: ``BrokerError``; of kind ``BrokerError/Kind/misconfigured`` if the broker's store keeps no accounts.
    public func signIn(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey? = nil,
        client: String? = nil,
        opening grant: GrantProposal? = nil
    ) async throws(BrokerError) -> SignedIn {
        try await signIn(id, with: credential, from: caller, client: client, opening: grant, for: nil)
    }

    /// The same for a requester that is told when the login waits, and may go away.
    package func signIn(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey?,
        client: String?,
        opening grant: GrantProposal?,
        for requester: (any LoginRequester)?
    ) async throws(BrokerError) -> SignedIn {
        guard let accounts else {
            throw .misconfigured("The broker's store keeps no accounts. Give it one that does.")
        }
        let purpose = LoginPurpose.account(in: accounts, client: client, opening: grant)
        var login = Login(id, with: credential, from: caller, for: purpose, at: self)
        login.requester = requester
        let identity = try await run(&login).get()
        guard let account = login.account else {
            throw BrokerError(.internalError, "The login led to no account. This is a defect of the broker.")
        }
        return SignedIn(
            identity: identity,
            account: account,
            grant: grant.map {
                Grant($0, for: account, from: identity.provider, at: identity.authenticatedAt)
            }
        )
    }

    /// The ids of the instances that the broker knows, in order.
    public var providers: [ProviderID] { directory.withLock { $0.ids } }

    /// The kill switch. Off, an instance refuses every login from now on, those under way included.
    ///
    /// - Returns: Whether there is such an instance. One that was configured as off stays off.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, for id: ProviderID) -> Bool {
        directory.withLock { $0.setEnabled(isEnabled, for: id) }
    }

    /// Ends what the broker does beside its logins: what they share is no longer fetched, and a purge stops after the
    /// transaction that it is in.
    ///
    /// Call it once no login is under way and before the store is closed.
    public func finish() async {
        for values in directory.withLock({ $0.sharedValues }) { await values.finish() }
        await housekeeper.finish()
    }

    /// Serves these instances from now on, and no others: all of them at once, or none.
    ///
    /// A login under way goes on as it began, unless its instance is gone by then, or off, or vouches in another name: it
    /// is then refused as by the kill switch. What ``setEnabled(_:for:)`` switched off stays off. Limits hold from now on,
    /// and count what is under way.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two instances have the same id; the old ones
    ///   then serve on.
    public func replaceProviders(with instances: [ProviderInstance]) throws(BrokerError) {
        try replaceProviders(with: instances, keeping: [])
    }

    /// The same, and leaves the instances of some ids as they are.
    package func replaceProviders(
        with instances: [ProviderInstance],
        keeping kept: Set<ProviderID>
    ) throws(BrokerError) {
        let now = clock.uptime()
        try directory.withLock { directory throws(BrokerError) in
            try directory.replace(with: instances, keeping: kept, at: now)
        }
    }

    /// Whether a login with this instance could begin now: there is one, and it is switched on.
    public func isEnabled(_ id: ProviderID) -> Bool {
        entry(for: id)?.isEnabled ?? false
    }

    /// The instances that are switched on, in the order in which they were given.
    package var enabledInstances: [ProviderInstance] { directory.withLock { $0.enabled } }

    /// The kinds of credentials that the enabled instances accept.
    package var credentialKinds: Set<CredentialKind> {
        directory.withLock { directory in
            Set(directory.ids.compactMap { directory[$0] }.filter(\.isEnabled).flatMap(\.credentialKinds))
        }
    }

    /// The kinds of credentials that an instance accepts, in the order of its manifest; nil if it does not exist or is
    /// disabled.
    package func credentialKinds(of id: ProviderID) -> [CredentialKind]? {
        entry(for: id).flatMap { $0.isEnabled ? $0.credentialKinds : nil }
    }

    /// How the instance of this id stands.
    package func standing(of id: ProviderID) -> ProviderStanding {
        guard let entry = entry(for: id) else { return .absent }
        return entry.isEnabled ? .enabled : .disabled
    }

    private func run(_ login: inout Login) async -> Result<Identity, BrokerError> {
        // A span that nobody sees is not worth its making.
        if tracer is NoOpTracer { return await login.run() }
        return await tracer.withSpan("broker.login") { span in
            span.attributes["broker.provider"] = login.providerID.rawValue
            let result = await login.run()
            if case .failure(let error) = result {
                span.attributes["broker.failure"] = error.kind.rawValue
                span.setStatus(SpanStatus(code: .error))
            }
            return result
        }
    }

    /// Counts a request other than a login that leaves entries in the store, so that they are forgotten in time.
    package func countRequest() {
        housekeeper.countLogin()
    }

    /// Looks whether the clock has jumped, and says so in the log. A service calls it every second or so.
    package func observeClock() {
        timekeeper.observe()
    }

    func entry(for id: ProviderID) -> ProviderDirectory.Entry? {
        directory.withLock { $0[id] }
    }
}
