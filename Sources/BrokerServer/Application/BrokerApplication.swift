import Hummingbird
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
public import ServiceLifecycle
import UnixSignals

/// The service as a program of its own: an HTTP server with the broker's endpoints and nothing else.
public struct BrokerApplication: Service {
    private let endpoints: BrokerEndpoints
    private let address: ServingAddress
    private let drain: Duration
    private let services: [any Service]
    private let logger: Logger
    private let onServing: @Sendable (Int) async -> Void

    /// Makes the application.
    ///
    /// - Parameters:
    ///   - endpoints: The endpoints.
    ///   - address: Where to listen.
    ///   - drain: How long requests under way may take to end once it is stopped.
    ///   - services: What else is to run for as long as it serves.
    ///   - logger: Gets a line for each request, at `info`. No secret, ticket, token or phone number.
    ///   - onServing: Called with the port once requests are taken.
    public init(
        _ endpoints: BrokerEndpoints,
        at address: ServingAddress,
        drain: Duration = .seconds(30),
        services: [any Service] = [],
        logger: Logger,
        onServing: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.endpoints = endpoints
        self.address = address
        self.drain = drain
        self.services = services
        self.logger = logger
        self.onServing = onServing
    }

    /// Serves until it is shut down: at `SIGTERM` or `SIGINT` no request is taken any more, those under way are answered, and
    /// it returns.
    ///
    /// - Throws: What the system has against the address, or an error of one of the services.
    public func run() async throws {
        let router = Router(context: BrokerRequestContext.self)
        // Around the router itself, so that a path that leads nowhere is answered and counted as well.
        router.middlewares.add(endpoints.scope())
        endpoints.addScoped(to: router, hasPlaces: true)
        let overload = Overload(endpoints.context.guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        let refusals = endpoints.refusals(isSecure: address.certificate != nil, logger: logger)
        let application = Application(
            router: router,
            server: try server(turningAway: overload, refusals: refusals),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)
            ),
            onServerRunning: { [onServing] channel in await onServing(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        // They are shut down from the last to the first: requests end, then the server, then what they need.
        var configuration = ServiceGroupConfiguration(
            services: services + [
                BrokerMaintenance(of: endpoints), OverloadReport(overload: overload, logger: logger),
                RefusalReport(refusals: refusals, logger: logger), application,
                DrainService(guards: endpoints.context.guards, patience: drain, logger: logger),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = drain + .seconds(5)
        // No bound on cancellation: the group would crash the process, while a store brings its last call to an end in its own
        // time. Whoever runs the application decides how long to wait for it.
        try await ServiceGroup(configuration: configuration).run()
    }

    private func server(turningAway overload: Overload, refusals: ConnectionRefusals) throws -> HTTPServerBuilder {
        let bounds = endpoints.context.bounds
        var limits = ConnectionLimits()
        limits.bodySize = bounds.bodySize
        limits.bodyTime = TimeAmount(bounds.bodyTime)
        let http = HTTPServerBuilder { [limits, isSecure = address.certificate != nil] responder in
            ConnectionChannel(
                responder: responder,
                limits: limits,
                isSecure: isSecure,
                refusals: refusals,
                observer: nil,
                handlers: { [OverloadHandler(overload, mostBodyBytes: limits.bodySize, patience: .seconds(15))] }
            )
        }
        guard let certificate = address.certificate else { return http }
        return try .tls(http, tlsConfiguration: certificate.configuration)
    }

    private static let mostConnections = 10_000
}
