/// The base64url alphabet without padding (RFC 4648 §5, RFC 7515 §2). All bytes have exactly one spelling in it.
public enum Base64URL {
    /// Encodes bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        let capacity = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: capacity) { text in
            var length = 0
            func write(_ bits: UInt32) {
                text[length] = alphabet[Int(bits & 0x3F)]
                length += 1
            }
            var (group, count): (UInt32, Int) = (0, 0)
            for byte in bytes {
                group = group << 8 | UInt32(byte)
                count += 1
                guard count == 3 else { continue }
                for shift in [18, 12, 6, 0] as [UInt32] { write(group >> shift) }
                (group, count) = (0, 0)
            }
            switch count {
            case 1:
                write(group >> 2)
                write(group << 4)
            case 2:
                write(group >> 10)
                write(group >> 4)
                write(group << 2)
            default: break
            }
            return length
        }
    }

    /// Decodes text, accepting only the one canonical spelling.
    ///
    /// - Returns: The bytes; nil for a character outside of the alphabet (including padding and white space), for an
    ///   impossible length, and for unused bits that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// Decodes text, accepting only the one canonical spelling; see ``decode(_:)-(StringProtocol)``.
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
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
        // Two more are one byte and four unused bits, three are two bytes and two unused bits.
        if rest > 0 {
            let start = characters.count - rest
            let group = bits(start) << 18 | bits(start + 1) << 12 | (rest == 3 ? bits(start + 2) << 6 : 0)
            guard group < 1 << 24, group & (rest == 3 ? 0xFF : 0xFFFF) == 0 else { return nil }
            bytes[end] = UInt8(truncatingIfNeeded: group >> 16)
            if rest == 3 { bytes[end + 1] = UInt8(truncatingIfNeeded: group >> 8) }
        }
        return decoded
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The six bits of each character; ``none`` for a byte outside of the alphabet.
    private static let values: [UInt64] = {
        var values = [UInt64](repeating: none, count: 256)
        for (value, character) in alphabet.enumerated() {
            values[Int(character)] = UInt64(value)
        }
        return values
    }()

    /// A value that exceeds three bytes, however far it is shifted to the left.
    private static let none: UInt64 = 1 << 24
}
