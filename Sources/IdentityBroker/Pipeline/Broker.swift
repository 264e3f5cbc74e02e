public import Logging
public import Tracing

/// Turns credentials into identities: the entry point of this module.
///
/// ```swift
/// let broker = try Broker(providers: [wxapp], transport: CurlTransport())
/// let identity = try await broker.login("wxapp", with: .ticket(ticket))
/// ```
public final class Broker: Sendable {
    let transport: any UpstreamTransport
    let store: any BrokerStore
    let storeAccess: StoreAccess
    let clock: BrokerClock
    let identifiers: IdentifierSource
    let randomness: RandomSource
    let logger: Logger
    let notices: FailureNotices
    let retention: Duration

    let housekeeper: Housekeeper
    let timekeeper: Timekeeper

    private let tracer: any Tracer
    let directory: Locked<ProviderDirectory>

    /// Makes a broker.
    ///
    /// - Parameters:
    ///   - providers: The instances to serve.
    ///   - transport: What carries requests to upstreams.
    ///   - store: Where credentials are reserved and logins recorded. The default loses both when the process ends.
    ///   - retention: How long a presented credential is remembered; longer than any upstream's credential is valid. 24
    ///     hours by default.
    ///   - housekeeping: Who has the store remove old entries; by default, the broker.
    ///   - clock: The clock.
    ///   - identifiers: The source of login ids.
    ///   - randomness: The source of states, nonces and code verifiers for redirect logins.
    ///   - logger: Gets one line per login at `info`, one at `error` when logins fail until an operator fixes
    ///     something, and one at `warning` when a circuit breaker opens. No secret, ticket, token or phone number at
    ///     any level.
    ///   - tracer: Gets one span per login. The default is the one that the process has been bootstrapped with.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two instances have the same id, or if
    ///   the retention is not positive, which would forget each credential as it is reserved.
    public init(
        providers: [ProviderInstance],
        transport: any UpstreamTransport,
        store: any BrokerStore = MemoryStore(),
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
    ///   - id: The provider instance to use.
    ///   - credential: What the user's app brought.
    ///   - caller: Who asks; needed for a rate limit per caller.
    /// - Returns: The identity. Its login is in the audit log before this returns.
    /// - Throws: ``BrokerError``; ``BrokerError/credential`` says what happened to the credential.
    public func login(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey? = nil
    ) async throws(BrokerError) -> Identity {
        var login = Login(id, with: credential, from: caller, for: .identity, at: self)
        return try await run(&login).get()
    }

    /// The same, for a caller that has already used some of the login's time.
    package func login(
        _ id: ProviderID,
        with credential: Credential,
        until deadline: Deadline
    ) async throws(BrokerError) -> Identity {
        var login = Login(id, with: credential, from: nil, for: .identity, at: self)
        login.deadline = deadline
        return try await run(&login).get()
    }

    /// Exchanges a credential for an identity and its account, which the first login creates.
    ///
    /// The login, its audit event, the account and the records are stored together, or not at all.
    ///
    /// - Parameters:
    ///   - id: The provider instance to use.
    ///   - credential: What the user's app brought.
    ///   - caller: Who asks; needed for a rate limit per caller.
    ///   - client: The client on whose behalf the login is, for the audit log.
    ///   - records: New records to put with the login, such as the grant of a client that gets tokens; each in version 1.
    ///     They belong to the account, besides their own owners: up to 15 each.
    /// - Throws: ``BrokerError``; ``BrokerError/credential`` says what happened to the credential.
    public func signIn(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey? = nil,
        client: String? = nil,
        putting records: [StoredRecord] = []
    ) async throws(BrokerError) -> SignedIn {
        try await signIn(id, with: credential, from: caller, client: client, putting: records, for: nil)
    }

    /// The same, for a requester that is told when the login waits, and that may disconnect. If it did not authenticate,
    /// its refusals are sampled.
    ///
    /// - Parameter admission: A record that admits one login, such as a nonce that the requester was given. It is
    ///   consumed once the credential is accepted, and a login that finds it gone is refused.
    package func signIn(
        _ id: ProviderID,
        with credential: Credential,
        from caller: CallerKey?,
        client: String?,
        putting records: [StoredRecord],
        for requester: (any LoginRequester)?,
        sampling refusals: (any RefusalSampling)? = nil,
        consuming admission: RecordKey? = nil
    ) async throws(BrokerError) -> SignedIn {
        let purpose = LoginPurpose.account(client: client, putting: records)
        var login = Login(id, with: credential, from: caller, for: purpose, at: self)
        login.requester = requester
        login.refusals = refusals
        login.admission = admission
        let identity = try await run(&login).get()
        guard let account = login.account else {
            throw BrokerError(.internalError, "The login led to no account. This is a defect of the broker.")
        }
        return SignedIn(identity: identity, account: account)
    }

    /// The ids of the instances that the broker knows, in order.
    public var providers: [ProviderID] { directory.withLock { $0.ids } }

    /// The kill switch. A disabled instance refuses every login from now on, including those under way.
    ///
    /// - Returns: Whether the instance exists. One that was configured as disabled stays disabled.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, for id: ProviderID) -> Bool {
        directory.withLock { $0.setEnabled(isEnabled, for: id) }
    }

    /// Ends the broker's background work: shared values are no longer fetched, and a purge stops after its current
    /// transaction.
    ///
    /// Call it once no login is under way, and before the store is closed.
    public func finish() async {
        for values in directory.withLock({ $0.sharedValues }) { await values.finish() }
        await housekeeper.finish()
    }

    /// Replaces all instances by these, atomically.
    ///
    /// A login under way continues, unless its instance is removed, disabled, or has another issuer: it is then refused
    /// as by the kill switch. What ``setEnabled(_:for:)`` disabled stays disabled. New limits apply immediately, and
    /// count what is under way.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two instances have the same id; the old
    ///   instances then remain.
    public func replaceProviders(with instances: [ProviderInstance]) throws(BrokerError) {
        try replaceProviders(with: instances, keeping: [])
    }

    /// The same, but leaves the instances with some ids as they are.
    package func replaceProviders(
        with instances: [ProviderInstance],
        keeping kept: Set<ProviderID>
    ) throws(BrokerError) {
        let now = clock.uptime()
        let replaced = try directory.withLock { directory throws(BrokerError) in
            try directory.replace(with: instances, keeping: kept, at: now)
        }
        for values in replaced { values.retire() }
    }

    /// Whether a login with this instance could begin now: it exists and is enabled.
    public func isEnabled(_ id: ProviderID) -> Bool {
        entry(for: id)?.isEnabled ?? false
    }

    private func run(_ login: inout Login) async -> Result<Identity, BrokerError> {
        // Skip the span when tracing is off.
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

    /// Counts a request other than a login that leaves entries in the store, so that they are removed in time.
    package func countRequest() {
        housekeeper.countLogin()
    }

    /// Checks whether the clock has jumped, and logs it. A service calls it about every second.
    package func observeClock() {
        timekeeper.observe()
    }

    func entry(for id: ProviderID) -> ProviderDirectory.Entry? {
        directory.withLock { $0[id] }
    }
}
