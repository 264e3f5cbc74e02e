import BrokerObservability
package import IdentityBroker
import NIOCore
import NIOPosix

/// How the descriptors that a process has left are divided, so that none of those who need them takes the others'.
///
/// A reserve is set apart for the store, for configuration and certificates that are read again, and for the runtime:
/// libdispatch ends the process where it cannot read the state of its threads. So are the connections that each listener has
/// beyond its capacity, and those of the listener for operations. Of the others half go to connections of clients, three
/// eighths to requests to upstreams, and a sixteenth to connections to upstreams that are kept for the next request.
package struct DescriptorBudget: Sendable, Hashable {
    /// How many connections of clients may be open.
    package let clients: Int
    /// How many requests to upstreams may be under way.
    package let upstreams: Int
    /// How many connections to upstreams are kept while no request needs them.
    package let idleUpstreams: Int

    /// How many descriptors a request to an upstream takes at most: three while its name is resolved (two by which the
    /// resolver's thread is heard, and the socket or the file that it asks), two while it connects by IPv4 and IPv6, then one.
    static let perUpstream = 3

    /// With fewer, clients would only displace each other.
    private static let fewestClients = 16
    private static let mostClients = 10_000
    private static let mostUpstreams = 4096
    private static let mostIdleUpstreams = 1024
    private static let reserve = 64
    /// How many sockets a listener has open beyond its capacity: those that are refused or replaced, until they are closed.
    static let surplus = 32
    /// How many connections the listener for operations holds.
    static let operations = 16

    /// Divides.
    ///
    /// - Parameters:
    ///   - limit: How many descriptors the process may have; nil where that is unknown.
    ///   - inUse: How many it has, before any connection.
    ///   - hasOperations: Whether there is a listener for operations.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` where there are too few to serve.
    package init(limit: Int?, inUse: Int, hasOperations: Bool) throws(BrokerError) {
        guard let limit else {
            (clients, upstreams, idleUpstreams) = (Self.mostClients, Self.mostUpstreams, Self.mostIdleUpstreams)
            return
        }
        let taken = inUse + Self.reserve + Self.surplus + (hasOperations ? Self.operations + Self.surplus : 0)
        // As many as nobody uses, where there is no limit.
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

    /// Divides what this process has left now.
    ///
    /// - Parameter hasOperations: Whether there is a listener for operations.
    package static func ofProcess(hasOperations: Bool) throws(BrokerError) -> DescriptorBudget {
        // Event loops have descriptors of their own, and are made when they are first asked for.
        _ = MultiThreadedEventLoopGroup.singleton
        return try DescriptorBudget(
            limit: DescriptorLimit.current, inUse: max(DescriptorLimit.inUse, fewestInUse), hasOperations: hasOperations
        )
    }

    /// What a service has open before any connection, and a little more: its event loops with three each, standard streams, signals
    /// and the store. A check of its configuration has fewer, and comes to the same result.
    private static var fewestInUse: Int { 24 + 4 * System.coreCount }
}
