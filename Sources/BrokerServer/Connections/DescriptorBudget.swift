package import IdentityBroker
import NIOPosix

/// How the descriptors that a process has left are divided, so that none of those who need them takes the others'.
///
/// Half goes to connections of clients, a quarter to connections to upstreams. The rest stays free: for the store, for
/// configuration and certificates that are read again, for resolving names, and for the runtime, which ends the process where
/// it finds none.
package struct DescriptorBudget: Sendable, Hashable {
    /// How many connections of clients may be open.
    package let clients: Int
    /// How many connections to upstreams may be open.
    package let upstreams: Int

    /// Fewer connections of clients serve nobody well.
    private static let fewestClients = 16
    private static let mostClients = 10_000
    private static let mostUpstreams = 1024

    /// Divides.
    ///
    /// - Parameters:
    ///   - limit: How many descriptors the process may have; nil where that is unknown.
    ///   - inUse: How many it has, before any connection.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` where there are too few to serve.
    package init(limit: Int?, inUse: Int) throws(BrokerError) {
        guard let limit else {
            (clients, upstreams) = (Self.mostClients, Self.mostUpstreams)
            return
        }
        let free = limit - inUse
        clients = min(Self.mostClients, free / 2)
        upstreams = min(Self.mostUpstreams, free / 4)
        guard clients >= Self.fewestClients else {
            let needed = inUse + 2 * Self.fewestClients
            throw .misconfigured(
                """
                The process may open \(limit) files, and needs at least \(needed) to serve. Raise its limit: \
                'ulimit -n', or LimitNOFILE in a systemd unit.
                """
            )
        }
    }

    /// Divides what this process has left now.
    package static func ofProcess() throws(BrokerError) -> DescriptorBudget {
        // Event loops have descriptors of their own, and are made when they are first asked for.
        _ = MultiThreadedEventLoopGroup.singleton
        return try DescriptorBudget(limit: DescriptorLimit.current, inUse: DescriptorLimit.inUse ?? 0)
    }
}
