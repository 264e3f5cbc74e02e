import BrokerServing
import Hummingbird
import HummingbirdCore
import IdentityBroker
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
                governor: governor,
                isSecure: address.certificate != nil,
                refusals: refusals,
                handlers: handlers
            )
            guard let certificate = address.certificate else { return GovernedChannel(base: http, governor: governor) }
            return GovernedChannel(base: SecureChannel(base: http, certificate: certificate), governor: governor)
        }
    }
}

/// Holds an application's listeners back until all of them are bound, so that an application that cannot listen on all
/// of its addresses serves no one.
final class ListenerBarrier: Sendable {
    private let ports = Locked<[ListenerRole: Int]>([:])
    private let passages: [ListenerRole: (passage: AsyncStream<Void>, opener: AsyncStream<Void>.Continuation)]

    init(_ roles: [ListenerRole]) {
        passages = Dictionary(
            uniqueKeysWithValues: roles.map { role in
                let (passage, opener) = AsyncStream.makeStream(of: Void.self)
                return (role, (passage, opener))
            })
    }

    /// Called once by each listener as soon as it is bound; returns when all are.
    ///
    /// - Returns: The ports of all; nil if the task was cancelled first, as happens if another listener failed.
    func arrive(_ role: ListenerRole, boundTo port: Int) async -> [ListenerRole: Int]? {
        let isLast = ports.withLock { ports in
            ports[role] = port
            return ports.count == passages.count
        }
        if isLast { for passage in passages.values { passage.opener.yield() } }
        guard await passages[role]?.passage.first(where: { _ in true }) != nil, !Task.isCancelled else { return nil }
        return ports.withLock { $0 }
    }
}

/// The purpose of a listener.
package enum ListenerRole: String, Sendable {
    /// Clients' requests.
    case service
    /// Health and metrics.
    case operations
    /// The pages of a command.
    case page
}

/// Why a listener ended by itself.
package struct ListenerFailure: Error {
    package let role: ListenerRole
    package let address: ServingAddress
    /// The system's error.
    package let reason: any Error
}

/// A server that ends in time: once it is shut down, it accepts no more connections, pending requests get a limited
/// time to finish, and the rest is cut off.
struct BoundedServer: Service {
    let server: any Service
    let guards: RequestGuards
    let patience: Duration
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await server.run()
                return true
            }
            group.addTask {
                // It throws if the server ends by itself.
                guard (try? await gracefulShutdown()) != nil else { return true }
                try? await Task.sleep(for: patience)
                return false
            }
            let hasEnded = try await group.next() ?? true
            let requests = guards.pendingRequests
            if !hasEnded, requests > 0 {
                logger.warning("requests were cut off", metadata: ["broker.requests": "\(requests)"])
            }
            group.cancelAll()
        }
    }
}
