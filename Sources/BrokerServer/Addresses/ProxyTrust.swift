public import BrokerServing
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
    ///   - networks: Where the proxies are. None: the peer of the connection is the client.
    ///   - header: The header field that these proxies write.
    public init(_ networks: [IPNetwork] = [], header: ForwardingHeader = .xForwardedFor) {
        self.networks = networks
        self.header = header
    }

    /// Goes back from the connection's peer, hop by hop, to the first address that is not a trusted proxy's.
    ///
    /// Anything beyond that is only the client's claim. Where a trusted proxy forwards a request and sends nothing
    /// readable, the address is unknown: it is not the proxy's, to which more may be allowed than to its clients. A proxy
    /// that sends no such field at all speaks for itself, as a health check does.
    package func origin(of peer: ClientAddress, overTLS: Bool, _ fields: HTTPFields) -> RequestOrigin {
        var origin = RequestOrigin(address: peer, isSecure: overTLS, cameThroughProxy: trusts(peer))
        guard origin.cameThroughProxy, ForwardingHeader.isAny(in: fields) else { return origin }
        origin.address = .unknown
        let hops = header.hops(in: fields)
        for hop in hops.prefix(Self.maximumHops) {
            origin.isSecure = hop.isSecure ?? origin.isSecure
            origin.address = hop.address ?? .unknown
            guard trusts(origin.address) else { return origin }
        }
        if hops.count > Self.maximumHops { origin.address = .unknown }
        return origin
    }

    /// Whether an address is a trusted proxy's.
    package func trusts(_ address: ClientAddress) -> Bool {
        address.lies(in: networks)
    }
}
