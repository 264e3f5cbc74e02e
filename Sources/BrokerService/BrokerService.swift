public import BrokerConfiguration
public import BrokerObservability
public import BrokerServer
import BrokerServing
public import BrokerTokens
import Foundation
public import IdentityBroker
public import Logging
import ServiceLifecycle
public import UnixSignals

/// The broker's service made from a configuration, with all its dependencies: its store is prepared, and its keys are
/// loaded.
///
/// ```swift
/// let configuration = try Configuration.load(contentsOf: "broker.yaml", providers: providers, stores: stores)
/// try await BrokerService(configuration, logger: logger).run()
/// ```
///
/// It follows the configuration file while it runs; see ``ConfigurationReloader``.
public struct BrokerService: Sendable {
    /// The URL by which apps know the service.
    public let issuer: String
    /// Signs people in.
    public let broker: Broker
    /// Issues tokens.
    public let tokens: TokenService
    /// The endpoints to serve. An app with its own server mounts them, and does not call ``run(onServing:)``.
    public let endpoints: BrokerEndpoints

    /// The address for clients.
    package let address: ServingAddress
    /// The address of the separate listener for health and metrics, if any.
    package let operations: ServingAddress?

    let connections: ConnectionCapacity
    let drain: DrainTimes
    let services: [any Service]
    let logger: Logger
    let end: OrderlyEnd

    /// Makes everything that the service needs, and prepares its store and keys.
    ///
    /// - Parameters:
    ///   - configuration: The configuration. If it was read from a file, the service follows the file.
    ///   - metrics: The metrics to serve at `/metrics`; nil for none.
    ///   - reloadRequests: Each element causes the file to be read again, as `SIGHUP` does if this is
    ///     `UnixSignalsSequence(trapping: .sighup)`; nil to follow only the file.
    ///   - logger: For the service's events, and a line per request at `info`. No secret, ticket, token or phone
    ///     number.
    /// - Throws: ``ConfigurationError`` with every problem of the configuration, or ``BrokerError`` if the store,
    ///   libcurl or the keys cannot be used. Nothing is then left open.
    public init(
        _ configuration: Configuration,
        metrics: PrometheusRegistry? = nil,
        reloadRequests: UnixSignalsSequence? = nil,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) async throws {
        let end = OrderlyEnd()
        do {
            try await self.init(
                ServiceParts(configuration, logger: logger, endingWith: end), metrics: metrics,
                reloadRequests: reloadRequests, logger: logger, endingWith: end)
        } catch {
            await end.run(within: Self.shutdownTime)
            throw error
        }
    }

    /// The same, from parts.
    ///
    /// - Parameter end: Where the shutdown of everything begun is registered.
    /// - Throws: ``ConfigurationError`` or ``BrokerError``.
    package init(
        _ parts: ServiceParts,
        metrics: PrometheusRegistry?,
        reloadRequests: UnixSignalsSequence? = nil,
        logger: Logger,
        endingWith end: OrderlyEnd
    ) async throws {
        let server = parts.server
        address = try ServingAddress(server)
        issuer = try server.servedIssuer
        operations = server.operations.map { ServingAddress(host: $0.host, port: $0.port) }
        connections = server.connections
        drain = server.drain
        self.logger = logger
        self.end = end
        parts.configuration.logNetworkAdvice(to: logger)
        let descriptors = try DescriptorBudget.ofProcess(hasOperations: server.operations != nil)
        let runningBroker = try RunningBroker(
            providers: parts.instances,
            store: parts.store,
            retention: parts.configuration.retention,
            housekeeping: .automatic,
            upstreamRequests: descriptors.upstreams,
            idleUpstreamConnections: descriptors.idleUpstreams,
            logger: logger,
            endingWith: end
        )
        broker = runningBroker.broker
        let keys = SigningKeys(parts, logger: logger)
        do {
            try await keys.prepare()
        } catch {
            // If the key is to blame, report its place in the file.
            guard error.kind == .misconfigured,
                let record = try? await parts.store.record(SigningKeys.recordKey, at: .now),
                case let check = ServiceCheck(configuration: parts.configuration, server: server),
                case let problems = check.problems(of: [record]), !problems.isEmpty
            else { throw error }
            throw ConfigurationError(problems: problems)
        }
        tokens = try TokenService(
            issuer: issuer,
            clients: ClientDirectory(parts.clients),
            broker: broker,
            store: parts.store,
            keys: keys,
            lifetimes: server.lifetimes,
            sessionLifetimes: server.sessionLifetimes,
            logger: logger
        )
        let running = RunningConfiguration(parts.configuration)
        endpoints = try BrokerEndpoints(
            tokens,
            limits: server.requests,
            bounds: server.bounds,
            trust: ProxyTrust(server.trustedProxies, header: server.forwardingHeader),
            pages: server.loginPages,
            metrics: metrics,
            metricsNetworks: server.metricsNetworks,
            // Without a file, there is nothing to differ from.
            configuration: parts.file == nil ? nil : running.status,
            logger: logger
        )
        let networks = ClientNetworks(parts.configuration.clientNetworks)
        var background: [any Service] = [
            LogoutDeliveryService(
                tokens, sender: LogoutSender(transport: runningBroker.transport, networks: networks), logger: logger)
        ]
        if let certificate = address.certificate { background.append(CertificateService(certificate, logger: logger)) }
        guard let file = parts.file else {
            services = background
            return
        }
        let reload = ServiceReload(
            tokens: tokens, keys: keys, endpoints: endpoints, certificate: address.certificate, networks: networks,
            logger: logger)
        let reloader = ConfigurationReloader(
            parts.configuration,
            of: broker,
            reading: file,
            logger: logger,
            preparing: reload.prepare,
            observing: running.update
        )
        running.show(at: parts.configuration.runningStatePath, logger: logger)
        let watcher = ConfigurationService(reloader: reloader, requests: reloadRequests, logger: logger)
        services = [watcher] + background
    }

    /// How long the shutdown of the service's dependencies may take: longer than a healthy store needs for anything,
    /// and shorter than a supervisor waits.
    public static let shutdownTime = Duration.seconds(10)
}
