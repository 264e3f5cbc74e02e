import BrokerServing
package import Hummingbird
import IdentityBroker
package import Logging
import ServiceLifecycle

/// A small HTTP server on this machine for a command that waits for a browser; not part of the service.
///
/// Its connections are bounded as the service's are, in number, time and memory.
package struct PageServer: Sendable {
    /// A browser opens a few at once.
    private static let capacity = ConnectionCapacity(total: 16, perAddress: 16)
    /// How long pages may take to be received once the server is told to stop.
    private static let patience = Duration.seconds(3)

    private let address: ServingAddress
    private let logger: Logger
    private let respond: @Sendable (Request) async -> Response

    /// - Parameter respond: Answers a request, whose body has at most 64 KiB and is not yet read.
    package init(
        at address: ServingAddress,
        logger: Logger,
        respond: @escaping @Sendable (Request) async -> Response
    ) {
        self.address = address
        self.logger = logger
        self.respond = respond
    }

    /// Serves until the stop returns, and then until what is being answered was received, within bounds.
    ///
    /// - Throws: ``ListenerFailure`` if it cannot listen.
    package func run(
        untilAfter stop: @escaping @Sendable () async -> Void,
        onServing: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        let guards = RequestGuards(RequestLimits(), trust: ProxyTrust([]), clock: .system)
        let server = BoundedServer(
            server: listener(guards, onServing: onServing), guards: guards, patience: Self.patience, logger: logger)
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                await stop()
                await group.triggerGracefulShutdown()
            }
            try await group.run()
            tasks.cancelAll()
        }
    }

    private func listener(
        _ guards: RequestGuards,
        onServing: @escaping @Sendable (Int) async -> Void
    ) -> some Service {
        let overload = Overload(guards, alwaysAnswered: [])
        return Listener(
            role: .page,
            address: address,
            capacity: Self.capacity,
            limits: ConnectionLimits(),
            governor: ConnectionGovernor(
                Self.capacity, trust: guards.trust, metrics: ConnectionMetrics(listener: ListenerRole.page.rawValue)),
            refusals: ConnectionRefusals(guards, identifiers: .random, isSecure: false, logger: logger),
            responder: CallbackResponder<BrokerRequestContext> { [respond] request, _ in await respond(request) },
            // It passes on complete requests alone: a body that was cut off is no answer.
            handlers: { [OverloadHandler(overload, handover: $0)] },
            logger: logger,
            barrier: ListenerBarrier([.page]),
            onServing: { ports in
                if let port = ports[.page] { await onServing(port) }
            }
        )
    }
}
