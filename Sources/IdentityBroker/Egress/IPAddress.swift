#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An IPv4 or IPv6 address.
public enum IPAddress: Sendable, Hashable {
    /// An IPv4 address as a number in host byte order.
    case v4(UInt32)
    /// An IPv6 address as a number in host byte order.
    case v6(UInt128)

    /// Parses four decimal octets, or an IPv6 address without brackets or zone. Returns nil for any other spelling.
    public init?(_ text: String) {
        // C ends a string at a NUL, whatever follows.
        guard !text.utf8.contains(0) else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self = .v4(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self = .v6(withUnsafeBytes(of: six) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) })
    }

    /// The address inside an IPv4-mapped one (`::ffff:0:0/96`, RFC 4291 §2.5.5.2), or the address itself.
    ///
    /// Policies check this one: on the wire, `::ffff:10.0.0.1` *is* 10.0.0.1.
    public var unmapped: IPAddress {
        guard case .v6(let bits) = self, bits >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: bits))
    }

    /// The address in network byte order: 4 or 16 bytes.
    public var bytes: [UInt8] {
        switch self {
        case .v4(let bits): withUnsafeBytes(of: bits.bigEndian) { Array($0) }
        case .v6(let bits): withUnsafeBytes(of: bits.bigEndian) { Array($0) }
        }
    }
}
