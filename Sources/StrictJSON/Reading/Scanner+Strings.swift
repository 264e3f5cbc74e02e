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
}
