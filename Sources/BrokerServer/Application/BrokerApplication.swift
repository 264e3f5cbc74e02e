public import BrokerServing
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The service as a standalone program: an HTTP server with only the broker's endpoints.
public struct BrokerApplication: Service {
    private let endpoints: BrokerEndpoints
    private let address: ServingAddress
    private let operations: ServingAddress?
    private let connections: ConnectionCapacity
    private let drainDelay: Duration
    private let drain: Duration
    private let services: [any Service]
    private let awaitingStop: (@Sendable (Int) async -> Void)?
    private let logger: Logger
    private let onServing: @Sendable (ServedPorts) async -> Void

    /// How many connections the operations listener holds, which clients cannot use up.
    private static let operationsCapacity = ConnectionCapacity(
        total: DescriptorBudget.operations, perAddress: DescriptorBudget.operations)

    /// Makes the application.
    ///
    /// - Parameters:
    ///   - endpoints: The endpoints.
    ///   - address: Where to listen.
    ///   - operations: Where to serve `/metrics` and `/health` on a separate socket with room for 16 connections; nil
    ///     to serve everything at `address`. With it, `/metrics` is served only there, while `/health` remains at
    ///     `address` as well, for load balancers that check what they forward to.
    ///   - connections: How many connections are held at `address`.
    ///   - drainDelay: How long to keep serving after a stop signal, while reporting not ready and telling clients to
    ///     leave.
    ///   - drain: How long requests under way may take to finish after that.
    ///   - services: Other services to run while it serves.
    ///   - awaitingStop: Returns once the process was told to stop that many times, or the task is cancelled: for a
    ///     program that traps signals itself. Nil to trap `SIGTERM` and `SIGINT` while it runs.
    ///   - logger: Gets a line per request, at `info`. No secret, ticket, token or phone number.
    ///   - onServing: Called with the ports once it listens on all addresses.
    public init(
        _ endpoints: BrokerEndpoints,
        at address: ServingAddress,
        operations: ServingAddress? = nil,
        connections: ConnectionCapacity = ConnectionCapacity(),
        drainDelay: Duration = DrainTimes().delay,
        drain: Duration = DrainTimes().requests,
        services: [any Service] = [],
        awaitingStop: (@Sendable (Int) async -> Void)? = nil,
        logger: Logger,
        onServing: @escaping @Sendable (ServedPorts) async -> Void = { _ in }
    ) {
        self.endpoints = endpoints
        self.address = address
        self.operations = operations
        self.connections = connections
        self.drainDelay = drainDelay
        self.drain = drain
        self.services = services
        self.awaitingStop = awaitingStop
        self.logger = logger
        self.onServing = onServing
    }

    /// Serves until it is shut down. At `SIGTERM` or `SIGINT` it reports not ready, and keeps serving for `drainDelay`;
    /// then it accepts no more connections, answers the requests under way, and returns. At a second signal it returns
    /// at once.
    ///
    /// - Throws: The system's error if it cannot listen on an address, ``BrokerError`` of kind
    ///   ``BrokerError/Kind/misconfigured`` if the process may open too few files, or an error of one of the services.
    public func run() async throws {
        var capacity = connections
        capacity.total = min(capacity.total, try DescriptorBudget.ofProcess(hasOperations: operations != nil).clients)
        let router = Router(context: BrokerRequestContext.self)
        // Around the router itself, so that requests to unknown paths are answered and counted as well.
        router.middlewares.add(endpoints.scope())
        endpoints.addScoped(to: router, showsMetrics: operations == nil)
        let guards = endpoints.context.guards
        let overload = Overload(guards, alwaysAnswered: BrokerEndpoints.operationPaths)
        let barrier = ListenerBarrier([.service] + (operations == nil ? [] : [.operations]))
        let server = listener(
            .service,
            at: address,
            capacity: capacity,
            router: router,
            handlers: { [OverloadHandler(overload, handover: $0)] },
            behind: barrier,
            onServing: { [onServing] ports in
                guard let port = ports[.service] else { return }
                await onServing(ServedPorts(service: port, operations: ports[.operations]))
            }
        )
        var listeners: [any Service] = [BoundedServer(server: server, guards: guards, patience: drain, logger: logger)]
        if let operations {
            let router = Router(context: BrokerRequestContext.self)
            router.middlewares.add(endpoints.scope())
            endpoints.addOperations(to: router)
            // Shut down after the service's own, so that it reports how that goes.
            listeners.insert(
                listener(
                    .operations,
                    at: operations,
                    capacity: Self.operationsCapacity,
                    router: router,
                    behind: barrier
                ),
                at: 0
            )
        }
        // Shut down from last to first: the server, then what it needs.
        let services =
            services + [BrokerMaintenance(of: endpoints), PeriodicReport { [logger] in overload.report(to: logger) }]
            + listeners + [DrainService(guards: guards, delay: drainDelay, logger: logger)]
        try await StopSignals(logger: logger, awaiting: awaitingStop).run(services) { configuration in
            configuration.maximumGracefulShutdownDuration = drainDelay + drain + .seconds(5)
            // No cancellation timeout: the group would crash the process while a store completes its last call within
            // its own time limit. The caller decides how long to wait.
        }
    }

    private func listener(
        _ role: ListenerRole,
        at address: ServingAddress,
        capacity: ConnectionCapacity,
        router: Router<BrokerRequestContext>,
        handlers: @escaping @Sendable (PlaceHandover) -> [any RemovableChannelHandler] = { _ in [] },
        behind barrier: ListenerBarrier,
        onServing: @escaping @Sendable ([ListenerRole: Int]) async -> Void = { _ in }
    ) -> any Service {
        let bounds = endpoints.context.bounds
        var limits = ConnectionLimits()
        limits.bodySize = bounds.bodySize
        limits.bodyTime = TimeAmount(bounds.bodyTime)
        limits.drainIdleTime = min(limits.drainIdleTime, TimeAmount(drainDelay))
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
            barrier: barrier,
            onServing: onServing
        )
    }
}

/// Where the service listens, and its certificate.
public struct ServingAddress: Sendable {
    /// The address of a network interface.
    public var host: String
    /// The port; 0 for any free one.
    public var port: Int
    /// The certificate and its key; nil for plain HTTP.
    public var certificate: ServingCertificate?

    /// Makes an address.
    public init(host: String, port: Int, certificate: ServingCertificate? = nil) {
        self.host = host
        self.port = port
        self.certificate = certificate
    }
}

/// The ports that a service listens on.
public struct ServedPorts: Sendable, Hashable {
    /// The port for clients.
    public let service: Int
    /// The port of the separate listener for health and metrics; nil if there is none.
    public let operations: Int?
}
