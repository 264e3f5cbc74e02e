import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
import UnixSignals

/// The service as a program of its own: an HTTP server with the broker's endpoints and nothing else.
public struct BrokerApplication: Service {
    private let endpoints: BrokerEndpoints
    private let address: ServingAddress
    private let operations: ServingAddress?
    private let connections: ConnectionCapacity
    private let drain: Duration
    private let services: [any Service]
    private let logger: Logger
    private let onServing: @Sendable (ServedPorts) async -> Void

    /// How many connections the listener for operations holds, which clients cannot take.
    private static let operationsCapacity = ConnectionCapacity(total: 16, perAddress: 16)

    /// Makes the application.
    ///
    /// - Parameters:
    ///   - endpoints: The endpoints.
    ///   - address: Where to listen.
    ///   - operations: Where to serve `/metrics`, and `/health` too, on a socket of its own with room for 16 connections; nil
    ///     to serve all at `address`. With it, `/metrics` is served there alone; `/health` stays at `address` as well, for load
    ///     balancers that check what they forward to.
    ///   - connections: How many connections are held at `address`.
    ///   - drain: How long requests under way may take to end once it is stopped.
    ///   - services: What else is to run for as long as it serves.
    ///   - logger: Gets a line for each request, at `info`. No secret, ticket, token or phone number.
    ///   - onServing: Called with the ports once requests are taken.
    public init(
        _ endpoints: BrokerEndpoints,
        at address: ServingAddress,
        operations: ServingAddress? = nil,
        connections: ConnectionCapacity = ConnectionCapacity(),
        drain: Duration = .seconds(30),
        services: [any Service] = [],
        logger: Logger,
        onServing: @escaping @Sendable (ServedPorts) async -> Void = { _ in }
    ) {
        self.endpoints = endpoints
        self.address = address
        self.operations = operations
        self.connections = connections
        self.drain = drain
        self.services = services
        self.logger = logger
        self.onServing = onServing
    }

    /// Serves until it is shut down: at `SIGTERM` or `SIGINT` no request is taken any more, those under way are answered, and
    /// it returns.
    ///
    /// - Throws: What the system has against an address, ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` where the
    ///   process may open too few files, or an error of one of the services.
    public func run() async throws {
        var capacity = connections
        capacity.total = min(capacity.total, try DescriptorBudget.ofProcess().clients)
        let router = Router(context: BrokerRequestContext.self)
        // Around the router itself, so that a path that leads nowhere is answered and counted as well.
        router.middlewares.add(endpoints.scope())
        endpoints.addScoped(to: router, hasPlaces: true, showsMetrics: operations == nil)
        let overload = Overload(endpoints.context.guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        let bodySize = endpoints.context.bounds.bodySize
        let (operationsPorts, operationsServing) = AsyncStream.makeStream(of: Int.self)
        let service = listener(
            .service,
            at: address,
            capacity: capacity,
            router: router,
            handlers: { [OverloadHandler(overload, mostBodyBytes: bodySize, patience: .seconds(15))] },
            onServing: { [operations, onServing] port in
                var operationsPort: Int?
                if operations != nil { operationsPort = await operationsPorts.first { _ in true } }
                await onServing(ServedPorts(service: port, operations: operationsPort))
            }
        )
        var listeners = [service]
        if let operations {
            let router = Router(context: BrokerRequestContext.self)
            router.middlewares.add(endpoints.scope())
            endpoints.addOperations(to: router)
            // It is shut down after the service's own, so that it tells how that goes.
            listeners.insert(
                listener(
                    .operations,
                    at: operations,
                    capacity: Self.operationsCapacity,
                    router: router,
                    onServing: { operationsServing.yield($0) }
                ),
                at: 0
            )
        }
        // They are shut down from the last to the first: requests end, then the server, then what they need.
        var configuration = ServiceGroupConfiguration(
            services: services + [
                BrokerMaintenance(of: endpoints), OverloadReport(overload: overload, logger: logger),
            ] + listeners + [DrainService(guards: endpoints.context.guards, patience: drain, logger: logger)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = drain + .seconds(5)
        // No bound on cancellation: the group would crash the process, while a store brings its last call to an end in its own
        // time. Whoever runs the application decides how long to wait for it.
        try await ServiceGroup(configuration: configuration).run()
    }

    private func listener(
        _ role: ListenerRole,
        at address: ServingAddress,
        capacity: ConnectionCapacity,
        router: Router<BrokerRequestContext>,
        handlers: @escaping @Sendable () -> [any RemovableChannelHandler] = { [] },
        onServing: @escaping @Sendable (Int) async -> Void
    ) -> any Service {
        let bounds = endpoints.context.bounds
        var limits = ConnectionLimits()
        limits.bodySize = bounds.bodySize
        limits.bodyTime = TimeAmount(bounds.bodyTime)
        return Listener(
            role: role,
            address: address,
            capacity: capacity,
            limits: limits,
            governor: ConnectionGovernor(
                capacity, trust: endpoints.context.guards.trust, metrics: ConnectionMetrics(listener: role.rawValue)),
            refusals: endpoints.refusals(isSecure: address.certificate != nil, logger: logger),
            responder: router.buildResponder(),
            handlers: handlers,
            logger: logger,
            onServing: onServing
        )
    }
}
