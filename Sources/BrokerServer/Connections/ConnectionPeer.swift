import IdentityBroker

/// Who holds a connection, as far as limits tell holders apart.
enum ConnectionPeer: Sendable, Hashable {
    /// A proxy in front, which holds the connections of many clients.
    case trustedProxy
    /// An address, or its IPv6 /64; nil if the socket has none.
    case network(IPAddress?)

    /// - Parameter address: The other end of the connection; nil if the socket has no address.
    init(_ address: ClientAddress?, trust: ProxyTrust) {
        guard let address else {
            self = .network(nil)
            return
        }
        self = trust.trusts(address) ? .trustedProxy : .network(address.network)
    }
}
