import BrokerObservability
package import IdentityBroker
import NIOCore
import NIOPosix

/// How a process divides its remaining file descriptors, so that no use exhausts another's share.
///
/// A reserve is set aside for the store, for reloads of configuration and certificates, and for the runtime:
/// libdispatch ends the process if it cannot read the state of its threads. So are each listener's connections beyond
/// its capacity, and those of the operations listener. Of the rest, half go to client connections, three eighths to
/// requests to upstreams, and a sixteenth to idle connections to upstreams.
package struct DescriptorBudget: Sendable, Hashable {
    /// The maximum number of client connections.
    package let clients: Int
    /// The maximum number of concurrent requests to upstreams.
    package let upstreams: Int
    /// The maximum number of idle connections kept to upstreams.
    package let idleUpstreams: Int

    /// The maximum number of descriptors for a request to an upstream: three while its name is resolved (two to hear
    /// from the resolver's thread, and the socket or file that it uses), two while it connects by IPv4 and IPv6, then
    /// one.
    static let perUpstream = 3

    /// With fewer, clients would only displace each other.
    private static let fewestClients = 16
    private static let mostClients = 10_000
    private static let mostUpstreams = 4096
    private static let mostIdleUpstreams = 1024
    private static let reserve = 64
    /// How many sockets a listener may have open beyond its capacity: refused or replaced connections that are not yet
    /// closed.
    static let surplus = 32
    /// How many connections the operations listener holds.
    static let operations = 16

    /// Divides the descriptors.
    ///
    /// - Parameters:
    ///   - limit: How many descriptors the process may have; nil if unknown.
    ///   - inUse: How many it has, before any connection.
    ///   - hasOperations: Whether there is an operations listener.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if there are too few to serve.
    package init(limit: Int?, inUse: Int, hasOperations: Bool) throws(BrokerError) {
        guard let limit else {
            (clients, upstreams, idleUpstreams) = (Self.mostClients, Self.mostUpstreams, Self.mostIdleUpstreams)
            return
        }
        let taken = inUse + Self.reserve + Self.surplus + (hasOperations ? Self.operations + Self.surplus : 0)
        // If there is no limit, more than anyone needs.
        let free = min(limit - taken, 1 << 20)
        clients = min(Self.mostClients, free / 2)
        upstreams = min(Self.mostUpstreams, free * 3 / 8 / Self.perUpstream)
        idleUpstreams = min(Self.mostIdleUpstreams, free / 16)
        guard clients >= Self.fewestClients else {
            let needed = taken + 2 * Self.fewestClients
            throw .misconfigured(
                """
                The process may open \(limit) files, and needs at least \(needed) to serve. Raise its limit: \
                'ulimit -n', or LimitNOFILE in a systemd unit.
                """
            )
        }
    }

    /// Divides this process's remaining descriptors.
    ///
    /// - Parameter hasOperations: Whether there is an operations listener.
    package static func ofProcess(hasOperations: Bool) throws(BrokerError) -> DescriptorBudget {
        // Event loops have their own descriptors, and are created on first use.
        _ = MultiThreadedEventLoopGroup.singleton
        return try DescriptorBudget(
            limit: DescriptorLimit.current, inUse: max(DescriptorLimit.inUse, fewestInUse), hasOperations: hasOperations
        )
    }

    /// Slightly more than a service has open before any connection: its event loops with three each, standard streams,
    /// signals and the store. A check of its configuration has fewer, and so comes to the same result.
    private static var fewestInUse: Int { 24 + 4 * System.coreCount }
}
