/// Percent-encoding of query values (RFC 3986 §2.1). A `+` is a plus sign in both directions, never a space.
enum PercentEncoding {
    /// Encodes every byte that is not an unreserved character (RFC 3986 §2.3).
    static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [percent, hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Decodes escapes and keeps the rest, including malformed escapes. Bytes that are not UTF-8 become U+FFFD.
    static func decode(_ encoded: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        var rest = encoded
        while let byte = rest.popFirst() {
            if byte == percent, let octet = octet(rest.prefix(2)) {
                decoded.append(octet)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let percent = UInt8(ascii: "%")
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    private static func octet(_ digits: ArraySlice<UInt8>) -> UInt8? {
        // Digit by digit: the integer parsers of the standard library also accept a sign.
        guard digits.count == 2, let high = digits.first.flatMap(nibble), let low = digits.last.flatMap(nibble) else {
            return nil
        }
        return high << 4 | low
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// Whether this controls how text is displayed instead of being displayed: control characters, and format
    /// characters such as the bidirectional overrides, which let one text pass for another.
    var isControlOrFormat: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Whether this is neither white space nor a control or format character.
    var isVisible: Bool {
        !isControlOrFormat && !properties.isWhitespace
    }
}
