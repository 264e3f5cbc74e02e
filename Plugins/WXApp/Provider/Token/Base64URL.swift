/// Base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it).
enum Base64URL {
    /// The bytes; nil for any character outside the alphabet, padding among them, for a length that no bytes have, and for
    /// bits behind the last byte that are not zero: two texts never stand for the same bytes.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        var buffer: UInt32 = 0
        var bitCount = 0
        let values = Self.values
        for character in text {
            let value = values[Int(character)]
            guard value != none else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bitCount))
                buffer &= (1 << bitCount) - 1
            }
        }
        guard bitCount < 6, buffer == 0 else { return nil }
        return bytes
    }

    /// The six bits that each byte stands for; ``none`` for what is outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: none, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, character) in alphabet.utf8.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        return values
    }()

    private static let none: UInt8 = 0xFF
}
