extension Scanner {
    /// Reads an escape (RFC 8259 §7) whose backslash is at `offset`, and returns the character that it encodes.
    mutating func readEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        let letter = try current(bytes)
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try readScalar(escapeStart: start, bytes)
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    /// Reads what follows `\u`: one code unit, and a second escape if the first is the high half of a surrogate pair.
    private mutating func readScalar(escapeStart: Int, _ bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let first = try readCodeUnit(escapeStart: escapeStart, bytes)
        if let scalar = Unicode.Scalar(first) {
            return scalar
        }
        let loneSurrogate = JSONError(.loneSurrogate, at: escapeStart)
        guard UTF16.isLeadSurrogate(first) else { throw loneSurrogate }

        let secondStart = offset
        for expected in "\\u".utf8 {
            guard try current(bytes) == expected else { throw loneSurrogate }
            offset += 1
        }
        let second = try readCodeUnit(escapeStart: secondStart, bytes)
        guard UTF16.isTrailSurrogate(second) else { throw loneSurrogate }

        let pair = UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)
        guard let scalar = Unicode.Scalar(0x10000 + pair) else { throw loneSurrogate }
        return scalar
    }

    /// Reads four hexadecimal digits.
    private mutating func readCodeUnit(escapeStart: Int, _ bytes: Span<UInt8>) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = try current(bytes)
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: throw JSONError(.invalidEscape, at: escapeStart)
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }
}
