import IdentityBroker

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

/// The value of `tracestate` (W3C Trace Context §3.3).
struct TraceState: Sendable, Hashable {
    /// The longest value that is passed on; systems must propagate at least this much (§3.3.1.5).
    private static let maximumLength = 512
    private static let maximumCount = 32
    /// If the value is too long, members longer than this are dropped first (§3.3.1.5).
    private static let longMember = 128

    /// At least one member, without white space between members.
    let text: String

    /// Reads the values of all `tracestate` fields. Returns nil if they are empty or any member is malformed: a list
    /// that was misread must not be passed on.
    init?(_ values: [String]) {
        let members = values.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
            .map { Substring($0).trimmingSpace() }
            .filter { !$0.isEmpty }
        let keys = members.compactMap { Self.key(of: $0) }
        guard members.count <= Self.maximumCount, keys.count == members.count, Set(keys).count == keys.count else {
            return nil
        }
        let kept = Self.shortened(members)
        guard !kept.isEmpty else { return nil }
        text = kept.joined(separator: ",")
    }

    /// Drops whole members until the rest fits, beginning with the last.
    private static func shortened(_ members: [Substring]) -> [Substring] {
        var kept = members
        while kept.reduce(-1, { $0 + $1.utf8.count + 1 }) > maximumLength {
            kept.remove(at: kept.lastIndex { $0.utf8.count > longMember } ?? kept.count - 1)
        }
        return kept
    }

    /// The key of a member; nil if the member is malformed.
    private static func key(of member: Substring) -> Substring? {
        guard let equals = member.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let (key, value) = (member[..<equals], member.utf8[equals...].dropFirst())
        let isValue = (1...256).contains(value.count) && value.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x3D }
        return isValue && isKey(key) ? key : nil
    }

    /// A key is either simple and begins with a letter, or has the form `tenant@system`, where the tenant may begin
    /// with a digit.
    private static func isKey(_ key: Substring) -> Bool {
        let parts = key.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.allSatisfy(\.isKeyByte) }), let first = parts[0].first else { return false }
        if parts.count == 1 { return first.isLetter && parts[0].count <= 256 }
        guard parts.count == 2, let second = parts[1].first else { return false }
        return (first.isLetter || first.isDigit) && parts[0].count <= 241 && second.isLetter && parts[1].count <= 14
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isKeyByte: Bool { isLetter || isDigit || "_-*/".utf8.contains(self) }
}
