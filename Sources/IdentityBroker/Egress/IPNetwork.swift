/// A block of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3).
public struct IPNetwork: Sendable, Hashable {
    /// The first address of the block.
    public let address: IPAddress
    /// How many leading bits count: 0 to 32, or 0 to 128.
    public let prefixLength: Int

    /// Reads `10.20.0.0/16`, `fd00::/8`, or a single address. Returns nil where bits stand behind the prefix, and
    /// for IPv4-mapped blocks: one that is not what it looks like is a mistake in a security rule.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        // What is judged is unmapped first, so that a block of mapped addresses would contain none.
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

    /// Whether the address, unmapped, lies in the block.
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
