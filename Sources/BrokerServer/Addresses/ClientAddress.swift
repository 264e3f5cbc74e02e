package import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The address of a request's sender, or of a proxy in between. An IPv4-mapped IPv6 address counts as the IPv4 address
/// in it.
package struct ClientAddress: Sendable, Hashable {
    /// The address; nil if unknown.
    package let value: IPAddress?

    /// An unknown address: a proxy did not report it, or the connection has none, such as one over a Unix domain
    /// socket, or one in an app whose request context keeps none (see Hummingbird's `RemoteAddressRequestContext`).
    ///
    /// It is in no network, and all unknown addresses share one rate limit.
    package static let unknown = ClientAddress()

    private init() {
        value = nil
    }

    package init(_ address: IPAddress) {
        value = address.unmapped
    }

    /// Parses an address as sockets write it: without port, brackets or zone.
    package init?(_ text: String) {
        guard let address = IPAddress(text) else { return nil }
        self.init(address)
    }

    /// The key for rate limits: the address itself, or its /64 for IPv6, because a host there can change the lower half
    /// at will (RFC 8981).
    package var callerKey: CallerKey {
        switch value {
        case .v4: CallerKey("address \(self)")
        case .v6(let bits): CallerKey("network \(ClientAddress(.v6((bits >> 64) << 64)))")
        case nil: CallerKey("address unknown")
        }
    }

    /// The address itself, or the first address of its /64 for IPv6; nil if unknown.
    package var network: IPAddress? {
        switch value {
        case .v4, nil: value
        case .v6(let bits): .v6((bits >> 64) << 64)
        }
    }

    /// Whether the address is known and in one of the networks.
    package func lies(in networks: [IPNetwork]) -> Bool {
        guard let value else { return false }
        return networks.contains { $0.contains(value) }
    }
}

extension ClientAddress: CustomStringConvertible {
    /// Four decimal octets, or an IPv6 address in the form of RFC 5952; `unknown` (RFC 7239 §6.2) if unknown.
    package var description: String {
        guard let value else { return "unknown" }
        let family =
            switch value {
            case .v4: AF_INET
            case .v6: AF_INET6
            }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            _ = value.bytes.withUnsafeBytes {
                inet_ntop(family, $0.baseAddress, text.baseAddress, socklen_t(text.count))
            }
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
