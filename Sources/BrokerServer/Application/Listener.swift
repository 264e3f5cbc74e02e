import BrokerServing
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// A listening address, with the connections held there.
struct Listener<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let role: ListenerRole
    let address: ServingAddress
    let capacity: ConnectionCapacity
    let limits: ConnectionLimits
    let governor: ConnectionGovernor
    let refusals: ConnectionRefusals
    let responder: Responder
    /// The handlers between a connection and the responder.
    let handlers: @Sendable (PlaceHandover) -> [any RemovableChannelHandler]
    let logger: Logger
    let barrier: ListenerBarrier
    /// Called with the ports of all listeners once requests are accepted.
    let onServing: @Sendable ([ListenerRole: Int]) async -> Void

    /// How many sockets may be open beyond the capacity: refused or replaced connections that are not yet closed.
    private static var surplus: Int { DescriptorBudget.surplus }

    func run() async throws {
        let application = Application(
            responder: responder,
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(capacity.total + Self.surplus)
            ),
            services: [
                PeriodicReport { [refusals] in refusals.report() },
                PeriodicReport { [role, governor, logger] in governor.report(for: role, to: logger) },
            ],
            onServerRunning: { channel in
                try? await channel.eventLoop.submit {
                    try channel.pipeline.syncOperations.addHandler(SpareDescriptorHandler(), position: .first)
                }.get()
                // Without a port, the channel is already closed.
                guard let port = channel.localAddress?.port, let ports = await barrier.arrive(role, boundTo: port)
                else {
                    return
                }
                await onServing(ports)
            },
            logger: logger.withoutEndings
        )
        do {
            try await application.run()
        } catch {
            throw ListenerFailure(role: role, address: address, reason: error)
        }
    }

    private var server: HTTPServerBuilder {
        HTTPServerBuilder { [address, limits, governor, refusals, handlers] responder in
            let http = ConnectionChannel(
                responder: responder,
                limits: limits,
                isSecure: address.certificate != nil,
                refusals: refusals,
                handlers: handlers
            )
            guard let certificate = address.certificate else { return GovernedChannel(base: http, governor: governor) }
            return GovernedChannel(base: SecureChannel(base: http, certificate: certificate), governor: governor)
        }
    }
}
