import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension IPNetwork {
    /// Whether it is larger than any site's private network: than 10.0.0.0/8 (RFC 1918), and fc00::/7 (RFC 4193).
    var reachesBeyondSite: Bool {
        switch address {
        case .v4: prefixLength < 8
        case .v6: prefixLength < 7
        }
    }

    /// The network of an address with a prefix length, as text; nil if the text does not have that form.
    static func surrounding(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[1]), let address = IPAddress(String(parts[0])) else {
            return nil
        }
        let bytes = address.bytes
        guard (0...(bytes.count * 8)).contains(length) else { return nil }
        let masked = bytes.enumerated().map { index, byte in
            byte & ~UInt8(truncatingIfNeeded: 0xFF >> max(0, min(8, length - index * 8)))
        }
        return presentation(of: masked).map { "\($0)/\(length)" }
    }

    private static func presentation(of bytes: [UInt8]) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
