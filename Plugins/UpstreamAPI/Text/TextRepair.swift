/// Makes a JSON document with broken text in it readable, so that a name that was cut inside a character costs the name, and
/// not what is beside it. Ids are not for repair: two of them might become one.
package enum TextRepair {
    /// How text beyond ASCII is encoded, as far as the structure of the document depends on it.
    package enum Encoding: Sendable, CaseIterable {
        /// UTF-8, and whatever else has no byte of ASCII in its characters.
        case utf8
        /// GBK, whose characters of two bytes may end in a backslash or a brace.
        case gbk
    }

    /// Whether a text has a character in place of one that could not be read.
    package static func isRepaired(_ text: String) -> Bool { text.unicodeScalars.contains("\u{FFFD}") }

    /// The same document, in which U+FFFD stands for bytes that are not UTF-8, and for escapes of lone surrogates.
    package static func repaired(_ bytes: [UInt8], from encoding: Encoding = .utf8) -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) == nil else { return withoutLoneSurrogates(bytes) }
        let text =
            switch encoding {
            case .utf8: Array(String(decoding: bytes, as: UTF8.self).utf8)
            case .gbk: withoutGBK(bytes)
            }
        return withoutLoneSurrogates(text)
    }

    /// How many bytes the character has that begins with this byte and goes on with the next one, if there is one. Bytes of
    /// UTF-8 count one by one: none of them is ASCII.
    package static func width(of byte: UInt8, before next: UInt8?, in encoding: Encoding) -> Int {
        guard encoding == .gbk, (0x81...0xFE).contains(byte), let next, (0x40...0xFE).contains(next), next != 0x7F
        else {
            return 1
        }
        return 2
    }

    private static func withoutGBK(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let next = position + 1 < bytes.count ? bytes[position + 1] : nil
            let width = width(of: bytes[position], before: next, in: .gbk)
            if bytes[position] < 0x80 { result.append(bytes[position]) } else { result += "\u{FFFD}".utf8 }
            position += width
        }
        return result
    }

    /// The same document, in which U+FFFD stands for escapes of surrogates without their other half (RFC 8259 §8.2). Outside
    /// strings, JSON has no backslash.
    package static func withoutLoneSurrogates(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "\\") else {
                result.append(bytes[position])
                position += 1
                continue
            }
            var length = 2
            if let unit = codeUnit(at: position, in: bytes) {
                let isPair =
                    UTF16.isLeadSurrogate(unit)
                    && codeUnit(at: position + 6, in: bytes).map(UTF16.isTrailSurrogate) == true
                length = isPair ? 12 : 6
                guard isPair || !UTF16.isSurrogate(unit) else {
                    result += "\\uFFFD".utf8
                    position += length
                    continue
                }
            }
            let end = min(position + length, bytes.count)
            result += bytes[position..<end]
            position = end
        }
        return result
    }

    /// The code unit that an escape encodes; nil if there is no such escape.
    private static func codeUnit(at position: Int, in bytes: [UInt8]) -> UInt16? {
        guard position + 6 <= bytes.count, bytes[position..<(position + 2)].elementsEqual("\\u".utf8) else {
            return nil
        }
        let digits = bytes[(position + 2)..<(position + 6)]
        // The initializer would accept a sign as well.
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
