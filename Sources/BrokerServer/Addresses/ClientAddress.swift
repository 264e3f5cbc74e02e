package import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The address of the sender of a request, or of a proxy in between. An IPv4-mapped IPv6 address is the IPv4 address in it.
package struct ClientAddress: Sendable, Hashable {
    /// The address; nil where it is not known.
    package let value: IPAddress?

    /// An address that is not known: a proxy did not tell it, or the connection has none, such as one over a Unix domain
    /// socket, or in an app whose request context keeps none (see Hummingbird's `RemoteAddressRequestContext`).
    ///
    /// It lies in no network, and all unknown addresses share one rate.
    package static let unknown = ClientAddress()

    private init() {
        value = nil
    }

    package init(_ address: IPAddress) {
        value = address.unmapped
    }

    /// Reads an address as sockets write it: without port, brackets or zone.
    package init?(_ text: String) {
        guard let address = IPAddress(text) else { return nil }
        self.init(address)
    }

    /// Whom a rate limit takes this address for: itself, or the /64 that it lies in for IPv6, because a host there picks
    /// the lower half as often as it likes (RFC 8981).
    package var callerKey: CallerKey {
        switch value {
        case .v4: CallerKey("address \(self)")
        case .v6(let bits): CallerKey("network \(ClientAddress(.v6((bits >> 64) << 64)))")
        case nil: CallerKey("address unknown")
        }
    }

    /// The address itself, or the first address of the /64 that it lies in for IPv6; nil where it is not known.
    package var network: IPAddress? {
        switch value {
        case .v4, nil: value
        case .v6(let bits): .v6((bits >> 64) << 64)
        }
    }

    /// Whether the address is known and one of the networks contains it.
    package func lies(in networks: [IPNetwork]) -> Bool {
        guard let value else { return false }
        return networks.contains { $0.contains(value) }
    }
}

extension ClientAddress: CustomStringConvertible {
    /// Four decimal octets, or an IPv6 address as RFC 5952 has it; `unknown` (RFC 7239 §6.2) where it is not known.
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
