public import BrokerObservability
public import BrokerServing
public import BrokerTokens
public import Hummingbird
public import IdentityBroker
public import Logging

/// The broker's service as endpoints for any Hummingbird app.
///
/// ```swift
/// let endpoints = try BrokerEndpoints(tokens)
/// let router = Router(context: BrokerRequestContext.self)
/// endpoints.add(to: router)
/// ```
///
/// An issuer with a path, such as `https://example.com/login`, is served below that path: mount the endpoints on a
/// group with that path, and call ``addMetadata(to:)`` with the router itself, since that is where clients look (RFC
/// 8414 §3.1).
///
/// The limit per address needs a request context that conforms to Hummingbird's `RemoteAddressRequestContext`;
/// otherwise all requests count as coming from one address. Add ``BrokerMaintenance`` to the app's services.
public struct BrokerEndpoints: Sendable {
    let context: EndpointContext
    let providers: ProviderEndpoints
    let keys: SigningKeys
    let readiness: Readiness
    let pages: LoginPages
    let front: BrowserFront
    let metrics: PrometheusRegistry?
    let metricsNetworks: Locked<[IPNetwork]>
    let configuration: (@Sendable () -> ConfigurationStatus)?
    let clock: BrokerClock
    let logger: Logger

    private let identifiers: IdentifierSource
    private let randomness: RandomSource

    /// Makes the endpoints.
    ///
    /// - Parameters:
    ///   - tokens: The token service, with its broker, store and keys.
    ///   - limits: How many requests are accepted.
    ///   - bounds: How much of each request is read.
    ///   - trust: The trusted proxies.
    ///   - pages: How the pages look on which people sign in.
    ///   - metrics: The metrics to serve at `/metrics`; nil for none.
    ///   - metricsNetworks: Who may see the metrics; by default, only this machine.
    ///   - configuration: How the running service relates to its configuration, shown at `/health/ready` to those who
    ///     may see the metrics; nil to omit it.
    ///   - clock: The clock.
    ///   - identifiers: The source of request ids.
    ///   - randomness: The source of trace ids.
    ///   - logger: For events of the service itself, not of a request.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what is wrong with the pages: a file
    ///   that cannot be read, a template that shows text as it is, or that names what it does not get.
    public init(
        _ tokens: TokenService,
        limits: RequestLimits = RequestLimits(),
        bounds: RequestBounds = RequestBounds(),
        trust: ProxyTrust = ProxyTrust(),
        pages: LoginPages = LoginPages(),
        metrics: PrometheusRegistry? = nil,
        metricsNetworks: [IPNetwork] = IPNetwork.loopback,
        configuration: (@Sendable () -> ConfigurationStatus)? = nil,
        clock: BrokerClock = .system,
        identifiers: IdentifierSource = .random,
        randomness: RandomSource = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(BrokerError) {
        let guards = RequestGuards(limits, trust: trust, clock: clock)
        context = EndpointContext(tokens: tokens, guards: guards, bounds: bounds)
        self.providers = ProviderEndpoints(broker: tokens.broker)
        keys = tokens.keys
        readiness = Readiness(
            store: tokens.store, through: StoreAccess(clock: clock, logger: logger), keys: keys, gate: guards.gate,
            clock: clock)
        self.pages = pages
        front = BrowserFront(context: context, pages: try PageRenderer(pages, for: tokens.issuer))
        self.metrics = metrics
        self.metricsNetworks = Locked(metricsNetworks)
        self.configuration = configuration
        self.clock = clock
        self.identifiers = identifiers
        self.randomness = randomness
        self.logger = logger
    }

    /// Changes rates, and the networks that may see the metrics, while requests are served.
    ///
    /// - Parameters:
    ///   - clientRate: How many requests one client may make; nil for any number.
    ///   - addressRate: How many may come from one address; nil for any number.
    ///   - transactionRate: How many logins, pushed requests and device codes may begin from one address; nil to leave it
    ///     as it is.
    ///   - metricsNetworks: Who may see the metrics.
    public func adjust(
        clientRate: RateLimit?,
        addressRate: RateLimit?,
        transactionRate: RateLimit? = nil,
        metricsNetworks: [IPNetwork]
    ) {
        context.guards.replaceRates(client: clientRate, address: addressRate, transactions: transactionRate)
        self.metricsNetworks.withLock { $0 = metricsNetworks }
    }

    /// How long others may cache the key set, and trust its keys.
    public static let keySetLifetime = Duration.seconds(300)

    /// The path of the issuer, below which the service is mounted; empty for none.
    public var issuerPath: String { UpstreamURL(context.tokens.issuer)?.path ?? "" }

    /// Adds every endpoint to a router.
    public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        let scoped = router.group().add(middleware: scope())
        addHealth(to: scoped)
        addMetrics(to: scoped)
        addService(to: scoped)
        if issuerPath.isEmpty { addIssuerMetadata(to: scoped) }
    }

    /// Adds the metadata of an issuer with a path to the host's root router (RFC 8414 §3.1).
    public func addMetadata<Context: RequestContext>(to router: some RouterMethods<Context>) {
        addIssuerMetadata(to: router.group().add(middleware: scope()))
    }

    /// Adds all endpoints of a standalone program, behind ``RequestScopeMiddleware``. Operations are at the root, where
    /// monitoring expects them.
    ///
    /// - Parameter showsMetrics: Whether to include `/metrics`; health is always included.
    func addScoped<Context: RequestContext>(to router: some RouterMethods<Context>, showsMetrics: Bool = true) {
        addHealth(to: router.group())
        if showsMetrics { addMetrics(to: router.group()) }
        addIssuerMetadata(to: router.group())
        addService(to: router.group(RouterPath(issuerPath)))
    }

    private func addService<Context: RequestContext>(to router: RouterGroup<Context>) {
        let tokens = context.tokens
        let origins = CrossOriginMiddleware<Context>.Origins.registered { tokens.clients.corsOrigins }
        addTokens(to: admitting(router, from: origins, [.post]))
        addDevices(to: admitting(router, from: origins, [.post]))
        addUserInfo(to: admitting(router, from: origins, [.get, .head, .post]))
        addIntrospection(to: router.group().add(middleware: admission()))
        addDiscovery(to: admitting(router, from: .all, [.get, .head]))
        addBrowser(to: router.group().add(middleware: PageMiddleware(front: front)).add(middleware: admission()))
    }

    private func addIssuerMetadata<Context: RequestContext>(to router: RouterGroup<Context>) {
        let path = RouterPath(".well-known/oauth-authorization-server\(issuerPath)")
        addMetadata(at: path, to: admitting(router, from: .all, [.get, .head]))
    }

    private func admission<Context: RequestContext>() -> AdmissionMiddleware<Context> {
        AdmissionMiddleware(guards: context.guards, bounds: context.bounds)
    }

    /// A group whose answers, including refusals by rate, are readable by pages of these origins.
    ///
    /// What is refused before routing has no CORS fields: by ``OverloadHandler`` (503) and ``ConnectionHandler`` (408,
    /// 413 and the like). To a page, such a request has failed.
    private func admitting<Context: RequestContext>(
        _ router: RouterGroup<Context>,
        from origins: CrossOriginMiddleware<Context>.Origins,
        _ methods: [HTTPRequest.Method]
    ) -> RouterGroup<Context> {
        router.group().add(middleware: CrossOriginMiddleware(origins: origins, methods: methods))
            .add(middleware: admission())
    }

    /// The middleware that every request passes first.
    func scope<Context: RequestContext>() -> RequestScopeMiddleware<Context> {
        RequestScopeMiddleware(guards: context.guards, identifiers: identifiers, randomness: randomness)
    }

    /// Answers for connections that bring no valid request.
    func refusals(isSecure: Bool, logger: Logger) -> ConnectionRefusals {
        ConnectionRefusals(context.guards, identifiers: identifiers, isSecure: isSecure, logger: logger)
    }
}

/// The dependencies of the endpoints.
struct EndpointContext: Sendable {
    let tokens: TokenService
    let guards: RequestGuards
    let bounds: RequestBounds
}
