/// Rules out most absent names of an object without looking at its members.
struct NameFilter {
    private(set) var bits: UInt64 = 0

    /// Whether a name of this mark may have been inserted; false is certain.
    func mayContain(_ mark: NameMark) -> Bool {
        bits & mark.bit != 0
    }

    mutating func insert(_ mark: NameMark) {
        bits |= mark.bit
    }
}

extension NameMark {
    /// One of 64 bits, spread evenly by Fibonacci hashing.
    fileprivate var bit: UInt64 { 1 << UInt64((value &* 0x9E37_79B9) >> 26) }
}

/// A fingerprint that equal names share and most different names do not: length, beginning and end.
///
/// Two marks compare in one step, so that a lookup compares few names byte by byte.
struct NameMark: Equatable {
    /// The mark of an item that is not a name.
    static let none = NameMark(value: 0)

    let value: UInt32

    init(of name: Span<UInt8>) {
        let length = UInt32(truncatingIfNeeded: name.count)
        value = name.isEmpty ? 0 : length << 16 | UInt32(name[0]) << 8 | UInt32(name[name.count - 1])
    }

    private init(value: UInt32) {
        self.value = value
    }
}
