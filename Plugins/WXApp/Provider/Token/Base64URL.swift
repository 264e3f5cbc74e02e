/// Base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it).
enum Base64URL {
    /// The bytes; nil for any character outside the alphabet, padding among them, for a length that no bytes have, and for
    /// bits behind the last byte that are not zero: two texts never stand for the same bytes.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let (characters, values) = (text.span, Self.values.span)
        let rest = characters.count % 4
        guard rest != 1 else { return nil }
        var decoded = [UInt8](repeating: 0, count: characters.count / 4 * 3 + max(0, rest - 1))
        var bytes = decoded.mutableSpan
        func bits(_ position: Int) -> UInt64 { values[Int(characters[position])] }

        var end = 0
        // Four characters are three bytes.
        for start in stride(from: 0, to: characters.count - rest, by: 4) {
            let group = bits(start) << 18 | bits(start + 1) << 12 | bits(start + 2) << 6 | bits(start + 3)
            guard group < 1 << 24 else { return nil }
            bytes[end] = UInt8(truncatingIfNeeded: group >> 16)
            bytes[end + 1] = UInt8(truncatingIfNeeded: group >> 8)
            bytes[end + 2] = UInt8(truncatingIfNeeded: group)
            end += 3
        }
        // Two more are one byte and four bits that say nothing, three are two bytes and two such bits.
        if rest > 0 {
            let start = characters.count - rest
            let group = bits(start) << 18 | bits(start + 1) << 12 | (rest == 3 ? bits(start + 2) << 6 : 0)
            guard group < 1 << 24, group & (rest == 3 ? 0xFF : 0xFFFF) == 0 else { return nil }
            bytes[end] = UInt8(truncatingIfNeeded: group >> 16)
            if rest == 3 { bytes[end + 1] = UInt8(truncatingIfNeeded: group >> 8) }
        }
        return decoded
    }

    /// The six bits that each byte stands for; ``none`` for what is outside the alphabet.
    private static let values: [UInt64] = {
        var values = [UInt64](repeating: none, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        for (value, character) in alphabet.utf8.enumerated() {
            values[Int(character)] = UInt64(value)
        }
        return values
    }()

    /// More than three bytes have, however far it is shifted to the left.
    private static let none: UInt64 = 1 << 24
}
