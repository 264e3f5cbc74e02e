package import HTTPTypes
public import IdentityBroker

/// Which proxies are believed when they say for whom they pass a request on.
public struct ProxyTrust: Sendable, Hashable {
    /// No chain of proxies is longer, and a list that claims so costs no more than this.
    private static let maximumHops = 32

    private let networks: [IPNetwork]
    private let header: ForwardingHeader

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - networks: Where the proxies are. None: whoever holds the connection is the client.
    ///   - header: The header field that these proxies write.
    public init(_ networks: [IPNetwork] = [], header: ForwardingHeader = .xForwardedFor) {
        self.networks = networks
        self.header = header
    }

    /// Goes back from the connection's peer, hop by hop, to the first address that is no trusted proxy's.
    ///
    /// What stands behind that one is the client's own word. Where a trusted proxy says nothing that can be read, the way
    /// ends at its own address.
    package func origin(of peer: ClientAddress, overTLS: Bool, _ fields: HTTPFields) -> RequestOrigin {
        var origin = RequestOrigin(address: peer, isSecure: overTLS, cameThroughProxy: trusts(peer))
        guard origin.cameThroughProxy else { return origin }
        for hop in header.hops(in: fields).prefix(Self.maximumHops) {
            origin.isSecure = hop.isSecure ?? origin.isSecure
            guard let address = hop.address else { break }
            origin.address = address
            guard trusts(address) else { break }
        }
        return origin
    }

    /// Whether an address is a trusted proxy's.
    package func trusts(_ address: ClientAddress) -> Bool {
        networks.contains { $0.contains(address.value) }
    }
}
