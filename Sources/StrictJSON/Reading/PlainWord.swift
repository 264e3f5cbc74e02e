/// Eight bytes of a string, looked at all at once.
///
/// Subtracting from every byte borrows where one is less than what is subtracted, and the highest bits show it. A borrow
/// can make the bytes above look too small as well, but never those below: the lowest that is found is one indeed.
struct PlainWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let bytes: UInt64

    /// Takes the bytes as they stand in memory.
    init(_ bytes: UInt64) {
        self.bytes = UInt64(littleEndian: bytes)
    }

    /// How many bytes there are before the first that is beyond ASCII, a quotation mark, a backslash or, unless they are
    /// allowed, a control character; eight if there is none.
    func plainCount(allowingControls: Bool) -> Int {
        var found =
            bytes | Self.bytesEqual(to: UInt8(ascii: "\""), in: bytes)
            | Self.bytesEqual(to: UInt8(ascii: "\\"), in: bytes)
        if !allowingControls { found |= bytes &- Self.ones &* 0x20 }
        return (found & Self.highBits).trailingZeroBitCount / 8
    }

    /// Has the highest bit of the lowest byte set that is the given one.
    private static func bytesEqual(to byte: UInt8, in bytes: UInt64) -> UInt64 {
        let difference = bytes ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference
    }
}
