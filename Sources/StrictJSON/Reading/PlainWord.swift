/// Eight bytes of a string, examined at once.
///
/// A subtraction from every byte borrows where the byte is smaller, and the highest bits show it. A borrow can make the
/// bytes above look too small as well, but never those below, so the lowest byte that is found is correct.
struct PlainWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let bytes: UInt64

    /// Loads the bytes in memory order.
    init(_ bytes: UInt64) {
        self.bytes = UInt64(littleEndian: bytes)
    }

    /// How many bytes precede the first that is beyond ASCII, a quotation mark, a backslash or, unless they are
    /// allowed, a control character; eight if there is no such byte.
    func plainCount(allowingControls: Bool) -> Int {
        var found =
            bytes | Self.bytesEqual(to: UInt8(ascii: "\""), in: bytes)
            | Self.bytesEqual(to: UInt8(ascii: "\\"), in: bytes)
        if !allowingControls { found |= bytes &- Self.ones &* 0x20 }
        return (found & Self.highBits).trailingZeroBitCount / 8
    }

    /// Sets the highest bit of the lowest byte that equals the given one.
    private static func bytesEqual(to byte: UInt8, in bytes: UInt64) -> UInt64 {
        let difference = bytes ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference
    }
}
