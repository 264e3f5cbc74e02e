/// The value of `traceparent` (W3C Trace Context §3.2).
struct TraceParent: Sendable, Hashable {
    let traceID: String
    let parentID: String
    let isSampled: Bool

    /// Reads version 00, which has exactly four parts, or the first four parts of a later version, which may have more
    /// (§3.2.4). Returns nil for anything else.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 4, omittingEmptySubsequences: false)
            .map { Substring($0) }
        guard parts.count >= 4, zip(parts, [2, 32, 16, 2]).allSatisfy({ $0.isHex(of: $1) }), parts[0] != "ff",
            parts[0] != "00" || parts.count == 4, parts[1].isNoZero, parts[2].isNoZero,
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
        isSampled = flags & 1 == 1
    }
}

extension Substring {
    fileprivate func isHex(of length: Int) -> Bool {
        utf8.count == length && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    fileprivate var isNoZero: Bool { utf8.contains { $0 != UInt8(ascii: "0") } }
}
