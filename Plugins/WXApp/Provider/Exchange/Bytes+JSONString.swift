import IdentityBroker

extension [UInt8] {
    /// Adds the text as a JSON string. Escapes what has to be (RFC 8259 §7): quotation mark, backslash, control characters.
    mutating func append(jsonString text: Secret) {
        append(UInt8(ascii: "\""))
        for byte in text.revealBytes() {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0x00..<0x20:
                self += #"\u00"#.utf8
                append(Self.hexadecimalDigits[Int(byte >> 4)])
                append(Self.hexadecimalDigits[Int(byte & 0xF)])
            default:
                append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)
}
