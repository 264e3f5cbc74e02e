extension Scanner {
    /// Reads a string (RFC 8259 §7) whose opening quotation mark is at `offset`, and returns its range in `text`.
    mutating func readString(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        offset += 1
        let start = offset
        try skipPlainCharacters(bytes)
        guard bytes[offset] == UInt8(ascii: "\"") else {
            return try readStringWithEscapes(from: start, bytes)
        }
        defer { offset += 1 }
        return start..<offset
    }

    /// Continues at the first byte of a string that cannot be copied as it is.
    private mutating func readStringWithEscapes(
        from start: Int,
        _ bytes: Span<UInt8>
    ) throws(JSONError) -> Range<Int> {
        var end = offset
        while true {
            switch try current(bytes) {
            case UInt8(ascii: "\""):
                offset += 1
                return start..<end
            case UInt8(ascii: "\\"):
                text.write(try readEscape(bytes), at: &end)
            default:
                throw JSONError(.controlCharacter, at: offset)
            }
            let runStart = offset
            try skipPlainCharacters(bytes)
            text.move(runStart..<offset, to: &end)
        }
    }

    /// Moves to the next byte of a string that cannot be copied as it is: quotation mark, backslash or control
    /// character.
    private mutating func skipPlainCharacters(_ bytes: Span<UInt8>) throws(JSONError) {
        let firstPlain: UInt8 = allowsRawControlCharacters ? 0x00 : 0x20
        while true {
            skipPlainWords(bytes)
            let byte = try current(bytes)
            if byte >= 0x80 {
                try skipMultibyteCharacter(bytes)
            } else if byte >= firstPlain, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                offset += 1
            } else {
                return
            }
        }
    }

    /// Moves past plain ASCII, eight bytes at a time, while at least eight bytes are left.
    private mutating func skipPlainWords(_ bytes: Span<UInt8>) {
        let (bytes, allowsControls) = (bytes.bytes, allowsRawControlCharacters)
        var position = offset
        while position + 8 <= bytes.byteCount {
            let word = PlainWord(bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let plainCount = word.plainCount(allowingControls: allowsControls)
            position += plainCount
            if plainCount < 8 { break }
        }
        offset = position
    }

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
