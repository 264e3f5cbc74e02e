package import IdentityBroker
package import StrictJSON

extension JSONReader {
    /// Reads a document with people's names in it. Escapes of lone surrogates, which end a name that was cut inside an emoji,
    /// become U+FFFD: they cost the name, and not what is beside it.
    package func readTolerantly(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        do {
            return try read(bytes)
        } catch {
            guard error.code == .loneSurrogate else { throw error }
            return try read(SurrogateRepair.repaired(bytes))
        }
    }
}

extension UpstreamResponse {
    /// The same answer with U+FFFD in place of what is no UTF-8 or half a surrogate pair: it costs a name, and not what is
    /// beside it.
    package var repaired: UpstreamResponse {
        var repaired = self
        if String(validating: body, as: UTF8.self) == nil {
            repaired.body = Array(String(decoding: body, as: UTF8.self).utf8)
        }
        repaired.body = SurrogateRepair.repaired(repaired.body)
        return repaired
    }
}

/// Replaces the escapes in JSON that are half of a surrogate pair (RFC 8259 §8.2).
package enum SurrogateRepair {
    /// The same document, byte for byte but for these escapes. Outside strings, JSON has no backslash.
    package static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var position = 0
        while position + 1 < bytes.count {
            guard bytes[position] == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            guard let unit = codeUnit(at: position, in: bytes) else {
                position += 2
                continue
            }
            if UTF16.isLeadSurrogate(unit), codeUnit(at: position + 6, in: bytes).map(UTF16.isTrailSurrogate) == true {
                position += 12
                continue
            }
            if UTF16.isSurrogate(unit) { bytes.replaceSubrange(position..<(position + 6), with: "\\uFFFD".utf8) }
            position += 6
        }
        return bytes
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
