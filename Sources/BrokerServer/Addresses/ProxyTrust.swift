public import BrokerServing
package import HTTPTypes
public import IdentityBroker

/// Which proxies are trusted to report the client for whom they forward a request.
public struct ProxyTrust: Sendable, Hashable {
    /// No chain of proxies is longer, and this bounds the cost of a list that claims to be.
    private static let maximumHops = 32

    private let networks: [IPNetwork]
    private let header: ForwardingHeader

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - networks: The networks of the proxies. If empty, the connection's peer is the client.
    ///   - header: The header field that these proxies write.
    public init(_ networks: [IPNetwork] = [], header: ForwardingHeader = .xForwardedFor) {
        self.networks = networks
        self.header = header
    }

    /// Walks back from the connection's peer, hop by hop, to the first address that does not belong to a trusted proxy.
    ///
    /// Anything beyond is only the client's claim. If a trusted proxy forwards a request without readable information,
    /// the address is unknown: it is not the proxy's, which may have more rights than its clients. A proxy that sends
    /// no such field speaks for itself, as a health check does.
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

    /// Whether an address belongs to a trusted proxy.
    package func trusts(_ address: ClientAddress) -> Bool {
        address.lies(in: networks)
    }
}

/// Where a request came from, as reported by trusted sources.
package struct RequestOrigin: Sendable, Hashable {
    /// Who sent it.
    package internal(set) var address: ClientAddress
    /// Whether it was sent over https.
    package internal(set) var isSecure: Bool
    /// Whether the connection's peer is a trusted proxy.
    package let cameThroughProxy: Bool
}
