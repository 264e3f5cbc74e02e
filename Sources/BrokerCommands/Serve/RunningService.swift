import BrokerConfiguration
import BrokerServer
import BrokerTokens
import IdentityBroker
import Logging
import ServiceLifecycle

/// A service that is ready to be run: its store is prepared, and its keys are at hand.
struct RunningService: Sendable {
    let issuer: String

    private let endpoints: BrokerEndpoints
    private let address: ServingAddress
    private let drain: Duration
    private let services: [any Service]
    private let logger: Logger
    private let interruption: Interruption

    init(
        _ parts: ServiceParts,
        server: ServerEntry,
        setup: ServiceSetup,
        metrics: PrometheusRegistry
    ) async throws(BrokerError) {
        let logger = setup.logger
        address = try ServingAddress(server)
        issuer = try server.servedIssuer
        drain = server.limits.drain
        self.logger = logger
        interruption = setup.composition.interruption
        let instances: [ProviderInstance]
        do {
            instances = try parts.configuration.makeInstances(logger: logger)
        } catch {
            throw setup.composition.console.report(error)
        }
        let broker = try RunningBroker(
            providers: instances,
            store: parts.store,
            retention: parts.configuration.retention,
            housekeeping: .automatic,
            logger: logger,
            endingWith: setup.composition.end
        ).broker
        let keys = try setup.signingKeys(for: parts, server: server)
        try await keys.prepare()
        let reloader = ConfigurationReloader(
            parts.configuration,
            of: broker,
            contentsOf: parts.path ?? "",
            providers: setup.composition.providers,
            stores: setup.composition.stores,
            logger: logger
        )
        services = parts.path == nil ? [] : [ConfigurationService(reloader: reloader, logger: logger)]
        endpoints = BrokerEndpoints(
            tokens: try TokenService(
                issuer: issuer,
                clients: ClientDirectory(parts.clients),
                broker: broker,
                store: parts.store,
                keys: keys,
                lifetimes: server.tokens.lifetimes,
                logger: logger
            ),
            keys: keys,
            broker: broker,
            store: parts.store,
            providers: { await reloader.configuration.providers.map { ProviderListing($0) } },
            limits: RequestLimits(
                concurrency: server.limits.concurrency,
                clientRate: server.limits.clientRate,
                addressRate: server.limits.addressRate
            ),
            bounds: RequestBounds(bodySize: server.limits.requestSize),
            trust: ProxyTrust(
                server.trustedProxies, header: ForwardingHeader(rawValue: server.forwardingHeader) ?? .xForwardedFor),
            metrics: metrics,
            metricsNetworks: server.metricsNetworks,
            logger: logger
        )
    }

    /// Serves until the process is told to stop.
    ///
    /// - Parameter report: Called once, as soon as requests are taken. If it fails, the service ends, since nobody knows of it.
    func run(
        reporting report: @escaping ServingReport.Writer,
        example: ServingReport.Example? = nil
    ) async throws(BrokerError) {
        let (issuer, address) = (issuer, address)
        let start = ServiceStart()
        let earlySignal = start.awaitEarlySignal(interruption)
        defer { earlySignal.cancel() }
        let application = BrokerApplication(
            endpoints,
            at: address,
            drain: drain,
            services: services,
            logger: logger,
            onServing: { port in
                start.complete { () throws(BrokerError) in
                    try report(ServingReport(issuer: issuer, address: address, port: port, example: example))
                }
            }
        )
        let stop = Locked<(any Error)?>(nil)
        let isOver = await Patience.isOver(
            before: { [interruption, drain] in
                await interruption.wait()
                // Longer than it takes requests to end, or where they do not, those who answer them.
                try? await Task.sleep(for: drain + .seconds(90))
            },
            { do { try await application.run() } catch { stop.withLock { $0 = error } } }
        )
        if let failure = start.failure { throw failure }
        if let error = stop.withLock({ $0 }) { throw BrokerError(stopping: error, at: address) }
        guard isOver else { throw BrokerError(.internalError, "The service did not end in time.") }
    }
}
