import BrokerConfiguration
import BrokerObservability
import BrokerServer
import BrokerTokens
import IdentityBroker
import Logging
import ServiceLifecycle
import UnixSignals

/// A service that is ready to be run: its store is prepared, and its keys are at hand.
struct RunningService: Sendable {
    let issuer: String

    private let endpoints: BrokerEndpoints
    private let address: ServingAddress
    private let operations: ServingAddress?
    private let connections: ConnectionCapacity
    private let drainDelay: Duration
    private let drain: Duration
    private let services: [any Service]
    private let logger: Logger
    private let interruption: Interruption
    private let end: OrderlyEnd

    /// - Parameter reloadRequests: Each asks for the configuration file to be read again, where there is one.
    init(
        _ parts: ServiceParts,
        server: ServerEntry,
        setup: ServiceSetup,
        metrics: PrometheusRegistry,
        reloadRequests: UnixSignalsSequence? = nil
    ) async throws(BrokerError) {
        let logger = setup.logger
        let check = ServiceCheck(configuration: parts.configuration, server: server)
        let problems = check.problems
        guard problems.isEmpty else { throw setup.composition.console.report(ConfigurationError(problems: problems)) }
        address = try ServingAddress(server)
        issuer = try server.servedIssuer
        operations = server.operations.map { ServingAddress(host: $0.host, port: $0.port) }
        connections = ConnectionCapacity(perAddress: server.limits.connectionsPerAddress)
        drainDelay = server.limits.drainDelay
        drain = server.limits.drain
        self.logger = logger
        interruption = setup.composition.interruption
        end = setup.composition.end
        let instances: [ProviderInstance]
        do {
            instances = try parts.configuration.makeInstances(logger: logger)
        } catch {
            throw setup.composition.console.report(error)
        }
        parts.configuration.logNetworkAdvice(to: logger)
        let descriptors = try DescriptorBudget.ofProcess(hasOperations: server.operations != nil)
        let broker = try RunningBroker(
            providers: instances,
            store: parts.store,
            retention: parts.configuration.retention,
            housekeeping: .automatic,
            upstreamRequests: descriptors.upstreams,
            idleUpstreamConnections: descriptors.idleUpstreams,
            logger: logger,
            endingWith: setup.composition.end
        ).broker
        let keys = try setup.signingKeys(for: parts, server: server)
        do {
            try await keys.prepare()
        } catch {
            // Where the key is to blame, the file has a place for it.
            guard error.kind == .misconfigured, let ring = try? await parts.store.keyRing(),
                case let problems = check.problems(of: ring), !problems.isEmpty
            else { throw error }
            throw setup.composition.console.report(ConfigurationError(problems: problems))
        }
        let tokens = try TokenService(
            issuer: issuer,
            clients: ClientDirectory(parts.clients),
            broker: broker,
            store: parts.store,
            keys: keys,
            lifetimes: server.tokens.lifetimes,
            logger: logger
        )
        let running = RunningConfiguration(parts.configuration)
        // A sandbox has no file to differ from.
        let status = parts.path == nil ? nil : running.status
        endpoints = BrokerEndpoints(
            tokens: tokens,
            keys: keys,
            broker: broker,
            store: parts.store,
            providers: running.listings,
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
            configuration: status,
            logger: logger
        )
        let renewal = address.certificate.map { CertificateService($0, logger: logger) as any Service }
        guard let path = parts.path, let reloadRequests else {
            services = [renewal].compactMap(\.self)
            return
        }
        let reload = ServiceReload(
            tokens: tokens, keys: keys, endpoints: endpoints, certificate: address.certificate, logger: logger)
        let reloader = ConfigurationReloader(
            parts.configuration,
            of: broker,
            contentsOf: path,
            providers: setup.composition.providers,
            stores: setup.composition.stores,
            logger: logger,
            preparing: reload.prepare,
            observing: running.update
        )
        running.show(at: parts.configuration.runningStatePath, logger: logger)
        let watcher = ConfigurationService(reloader: reloader, requests: reloadRequests, logger: logger)
        services = [watcher] + [renewal].compactMap(\.self)
    }

    /// Serves until the process is told to stop.
    ///
    /// - Parameter write: Called once, as soon as requests are accepted. If it fails, the service ends.
    func run(
        reporting write: @escaping ServingReport.Writer,
        example: ServingReport.Example? = nil
    ) async throws(BrokerError) {
        let (issuer, address, operations, interruption) = (issuer, address, operations, interruption)
        let lostReport = Locked<BrokerError?>(nil)
        let application = BrokerApplication(
            endpoints,
            at: address,
            operations: operations,
            connections: connections,
            drainDelay: drainDelay,
            drain: drain,
            services: services,
            awaitingStop: { await interruption.wait(for: $0) },
            logger: logger,
            onServing: { ports in
                let report = ServingReport(
                    issuer: issuer, address: address, operations: operations, ports: ports, example: example)
                do throws(BrokerError) {
                    try write(report)
                } catch {
                    lostReport.withLock { $0 = error }
                    interruption.request()
                }
            }
        )
        let stop = Locked<(any Error)?>(nil)
        let isOver = await Patience.isOver(
            before: { [drainDelay, drain] in
                await interruption.wait()
                // Longer than it takes requests to end, or where they do not, those who answer them.
                try? await Task.sleep(for: drainDelay + drain + .seconds(90))
            },
            { do { try await application.run() } catch { stop.withLock { $0 = error } } }
        )
        // `exit` would take down the libraries that it still uses.
        if !isOver { end.abandon("the service") }
        if let failure = lostReport.withLock({ $0 }) { throw failure }
        if let error = stop.withLock({ $0 }) { throw BrokerError(stopping: error) }
        guard isOver else { throw BrokerError(.internalError, "The service did not end in time.") }
    }
}
