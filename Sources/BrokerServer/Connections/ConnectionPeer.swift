import IdentityBroker

/// Who holds a connection, as far as limits tell peers apart.
enum ConnectionPeer: Sendable, Hashable {
    /// A proxy in front, which holds the connections of many.
    case trustedProxy
    /// An address, or the IPv6 network of 64 bits that it lies in; nil where the socket has none.
    case network(IPAddress?)

    /// - Parameter address: The other end of the connection; nil where the socket has no address.
    init(_ address: ClientAddress?, trust: ProxyTrust) {
        guard let address else {
            self = .network(nil)
            return
        }
        self = trust.trusts(address) ? .trustedProxy : .network(address.network)
    }
}
