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
