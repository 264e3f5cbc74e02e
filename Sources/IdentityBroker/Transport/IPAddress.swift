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

/// A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
public struct IPNetwork: Sendable, Hashable {
    /// The first address of the block.
    public let address: IPAddress
    /// How many leading bits count: 0 to 32, or 0 to 128.
    public let prefixLength: Int

    /// Parses `10.20.0.0/16`, `fd00::/8`, or a single address. Returns nil if bits are set after the prefix, and for
    /// IPv4-mapped blocks: in a security rule, a block that is not what it looks like is a mistake.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        // Addresses are unmapped before the check, so a block of mapped addresses would contain none.
        guard let address = IPAddress(String(parts[0])), address.unmapped == address else { return nil }
        let width = address.bitWidth
        var length = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given), String(given) == parts[1] else { return nil }
            length = given
        }
        guard address.bits & ~Self.mask(length, of: width) == 0 else { return nil }
        self.address = address
        prefixLength = length
    }

    /// Whether the address, unmapped, is in the block.
    public func contains(_ candidate: IPAddress) -> Bool {
        let candidate = candidate.unmapped
        guard candidate.bitWidth == address.bitWidth else { return false }
        return candidate.bits & Self.mask(prefixLength, of: address.bitWidth) == address.bits
    }

    private static func mask(_ length: Int, of width: Int) -> UInt128 {
        length == 0 ? 0 : (UInt128.max >> (128 - length)) << (width - length)
    }
}

extension IPAddress {
    fileprivate var bitWidth: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    fileprivate var bits: UInt128 {
        switch self {
        case .v4(let bits): UInt128(bits)
        case .v6(let bits): bits
        }
    }
}

extension IPNetwork {
    /// The local machine, for an upstream that runs next to the broker: 127.0.0.0/8 and ::1.
    public static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
}
