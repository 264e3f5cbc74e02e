public import BrokerTokens
public import Hummingbird
public import IdentityBroker
public import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The broker's service as endpoints that any Hummingbird app can mount.
///
/// ```swift
/// let endpoints = BrokerEndpoints(tokens: tokens, keys: keys, broker: broker, store: store)
/// let router = Router(context: BrokerRequestContext.self)
/// endpoints.add(to: router)
/// ```
///
/// An issuer with a path, such as `https://example.com/login`, is served below that path: mount the endpoints on a group with
/// it, and ``addMetadata(to:)`` on the router itself, since that is where clients look (RFC 8414 §3.1).
///
/// The limit on addresses knows where a request comes from if the app's request context conforms to Hummingbird's
/// `RemoteAddressRequestContext`; without, all requests count as of one address. Add ``BrokerMaintenance`` to the
/// app's services.
public struct BrokerEndpoints: Sendable {
    let context: EndpointContext
    let providers: ProviderEndpoints
    let keys: SigningKeys
    let readiness: Readiness
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
    ///   - tokens: What issues tokens.
    ///   - keys: What it signs with.
    ///   - broker: What logs people in.
    ///   - store: The broker's own store.
    ///   - providers: The providers to list. It is asked at each request, so that it may change.
    ///   - limits: How many requests are taken on.
    ///   - bounds: How much of each is read.
    ///   - trust: The proxies that are believed.
    ///   - metrics: What is shown at `/metrics`; nil for nothing.
    ///   - metricsNetworks: Who may see it: this machine alone by default.
    ///   - configuration: How the running service relates to its configuration, for `/health/ready` and those who may see the
    ///     metrics; nil to omit it.
    ///   - clock: The clock.
    ///   - identifiers: Where requests get their ids from.
    ///   - randomness: Where traces get theirs from.
    ///   - logger: Gets what concerns the service rather than a request.
    public init(
        tokens: TokenService,
        keys: SigningKeys,
        broker: Broker,
        store: any BrokerStore,
        providers: @escaping @Sendable () async -> [ProviderListing] = { [] },
        limits: RequestLimits = RequestLimits(),
        bounds: RequestBounds = RequestBounds(),
        trust: ProxyTrust = ProxyTrust(),
        metrics: PrometheusRegistry? = nil,
        metricsNetworks: [IPNetwork] = IPNetwork.loopback,
        configuration: (@Sendable () -> ConfigurationStatus)? = nil,
        clock: BrokerClock = .system,
        identifiers: IdentifierSource = .random,
        randomness: RandomSource = .system,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        let guards = RequestGuards(limits, trust: trust, clock: clock)
        context = EndpointContext(tokens: tokens, guards: guards, bounds: bounds)
        self.providers = ProviderEndpoints(broker: broker, listings: providers)
        self.keys = keys
        readiness = Readiness(
            store: store, through: StoreAccess(clock: clock, logger: logger), keys: keys, gate: guards.gate,
            clock: clock)
        self.metrics = metrics
        self.metricsNetworks = Locked(metricsNetworks)
        self.configuration = configuration
        self.clock = clock
        self.identifiers = identifiers
        self.randomness = randomness
        self.logger = logger
    }

    /// Takes up other rates, and other networks that may see the metrics, while requests are served.
    ///
    /// - Parameters:
    ///   - clientRate: How many requests one client may make; nil for any number.
    ///   - addressRate: How many may come from one address; nil for any number.
    ///   - metricsNetworks: Who may see the metrics.
    public func adjust(clientRate: RateLimit?, addressRate: RateLimit?, metricsNetworks: [IPNetwork]) {
        context.guards.replaceRates(client: clientRate, address: addressRate)
        self.metricsNetworks.withLock { $0 = metricsNetworks }
    }

    /// For how long others may keep a copy of the key set, and trust its keys.
    public static let keySetLifetime = Duration.seconds(300)

    /// The path of the issuer, below which the service is; empty for none.
    public var issuerPath: String { UpstreamURL(context.tokens.issuer)?.path ?? "" }

    /// Adds every endpoint to a router.
    public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        let scoped = router.group().add(middleware: scope())
        addHealth(to: scoped)
        addMetrics(to: scoped)
        addService(to: scoped)
        if issuerPath.isEmpty { addIssuerMetadata(to: scoped) }
    }

    /// Adds the metadata of an issuer with a path to the router of the whole host (RFC 8414 §3.1).
    public func addMetadata<Context: RequestContext>(to router: some RouterMethods<Context>) {
        addIssuerMetadata(to: router.group().add(middleware: scope()))
    }

    /// Adds all that the service has behind what every request passes, for a program of its own: see
    /// ``RequestScopeMiddleware``. Operations are at the root, for those who watch over the machine.
    ///
    /// - Parameter showsMetrics: Whether `/metrics` is among them; health always is.
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
        addUserInfo(to: admitting(router, from: origins, [.get, .head, .post]))
        addIntrospection(to: router.group().add(middleware: admission()))
        addDiscovery(to: admitting(router, from: .all, [.get, .head]))
    }

    private func addIssuerMetadata<Context: RequestContext>(to router: RouterGroup<Context>) {
        let path = RouterPath(".well-known/oauth-authorization-server\(issuerPath)")
        addMetadata(at: path, to: admitting(router, from: .all, [.get, .head]))
    }

    private func admission<Context: RequestContext>() -> AdmissionMiddleware<Context> {
        AdmissionMiddleware(guards: context.guards, bounds: context.bounds)
    }

    /// A group whose answers pages of these origins may read, refusals by rate among them.
    ///
    /// What is refused before it has a route has no CORS fields: by ``OverloadHandler`` (503) and ``ConnectionHandler`` (408,
    /// 413 and the like). To a page such a request has failed.
    private func admitting<Context: RequestContext>(
        _ router: RouterGroup<Context>,
        from origins: CrossOriginMiddleware<Context>.Origins,
        _ methods: [HTTPRequest.Method]
    ) -> RouterGroup<Context> {
        router.group().add(middleware: CrossOriginMiddleware(origins: origins, methods: methods))
            .add(middleware: admission())
    }

    /// What every request passes first.
    func scope<Context: RequestContext>() -> RequestScopeMiddleware<Context> {
        RequestScopeMiddleware(guards: context.guards, identifiers: identifiers, randomness: randomness)
    }

    /// What answers on connections before there are requests.
    func refusals(isSecure: Bool, logger: Logger) -> ConnectionRefusals {
        ConnectionRefusals(context.guards, identifiers: identifiers, isSecure: isSecure, logger: logger)
    }

    /// What clients and apps ask for people's tokens at.
    private func addTokens<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (token, revocation) = (TokenEndpoint(context: context), RevocationEndpoint(context: context))
        Route<Context>("oauth2/token", challenge: .basic).post { request, _ throws(OAuthError) in
            try await Response(json: token.respond(to: request).json)
        }.add(to: router)
        Route<Context>("oauth2/revoke", challenge: .basic).post { request, _ throws(OAuthError) in
            try await revocation.respond(to: request)
            return Response(status: .ok, headers: [.cacheControl: "no-store", .pragma: "no-cache"])
        }.add(to: router)
    }

    private func addIntrospection<Context: RequestContext>(to router: RouterGroup<Context>) {
        let introspection = IntrospectionEndpoint(context: context)
        Route<Context>("oauth2/introspect", challenge: .basic).post { request, _ throws(OAuthError) in
            Response(json: try await introspection.respond(to: request))
        }.add(to: router)
    }

    private func addUserInfo<Context: RequestContext>(to router: RouterGroup<Context>) {
        let userInfo = UserInfoEndpoint(context: context)
        let showClaims: Route<Context>.Handler = { request, _ throws(OAuthError) in
            Response(json: try await userInfo.respond(to: request))
        }
        Route<Context>("oauth2/userinfo", challenge: .bearer(scope: "openid")).get(showClaims).post(showClaims).add(
            to: router)
    }

    /// What a client finds out by itself.
    private func addDiscovery<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (providers, keys) = (providers, keys)
        let description = PreparedDocument(json: ServiceDescription.json, cachedFor: .seconds(300))
        addMetadata(at: ".well-known/openid-configuration", to: router)
        Route<Context>("oauth2/jwks").get { _, _ in
            Response(json: keys.jwks, cachedFor: Self.keySetLifetime)
        }.add(to: router)
        Route<Context>("providers").get { _, _ throws(OAuthError) in
            try Response(answer: await providers.list())
        }.add(to: router)
        Route<Context>("providers/{id}/launch").get { _, context throws(OAuthError) in
            try Response(answer: await providers.launch(context.parameters.get("id")))
        }.add(to: router)
        Route<Context>("openapi.json").get { _, _ in description.response }.add(to: router)
    }

    private func addMetadata<Context: RequestContext>(at path: RouterPath, to router: RouterGroup<Context>) {
        let metadata = PreparedDocument.encoding(
            AuthorizationServerMetadata(issuer: context.tokens.issuer, algorithms: keys.algorithms),
            cachedFor: .seconds(300))
        Route<Context>(path).get { _, _ throws(OAuthError) in try metadata.get().response }.add(to: router)
    }

    /// The paths of what the service is operated with, below where it is mounted.
    static let operationPaths: Set = ["/health/live", "/health/ready", "/metrics"]

    /// Adds what the service is operated with, and nothing else: for a listener of its own.
    func addOperations<Context: RequestContext>(to router: Router<Context>) {
        addHealth(to: router.group())
        addMetrics(to: router.group())
    }

    /// What tells a supervisor and a load balancer how the service is. It answers however busy the service is.
    private func addHealth<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (readiness, guards, networks) = (readiness, context.guards, metricsNetworks)
        let live = PreparedDocument(json: Data(#"{"status":"live"}"#.utf8))
        Route<Context>("health/live").get { _, _ in live.response }.add(to: router)
        Route<Context>("health/ready").get { [configuration] request, context in
            let answer = await readiness.answer()
            let isOperator = guards.origin(of: request, in: context).address.lies(in: networks.withLock { $0 })
            let details = isOperator ? configuration.map { #","configuration":\#($0().json)"# } ?? "" : ""
            return Response(
                status: answer == .ready ? .ok : .serviceUnavailable,
                json: Data(#"{"status":"\#(answer.rawValue)"\#(details)}"#.utf8)
            )
        }.add(to: router)
    }

    /// What monitoring reads. It answers however busy the service is.
    private func addMetrics<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (guards, networks) = (context.guards, metricsNetworks)
        guard let metrics else { return }
        Route<Context>("metrics").get { request, context throws(OAuthError) in
            let address = guards.origin(of: request, in: context).address
            guard address.lies(in: networks.withLock { $0 }) else {
                throw OAuthError(.invalidRequest, "Metrics are not shown to this address.", status: 403)
            }
            return Response(metrics: metrics.text())
        }.add(to: router)
    }
}
