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
