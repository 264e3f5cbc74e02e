/// Walks over the bytes of a document. A span checks every access, so no mistake here can read beyond the document.
struct Scanner {
    let allowsRawControlCharacters: Bool

    /// The next byte to be read.
    var offset = 0

    /// The document, with the escapes so far decoded.
    var text: DocumentText

    init(_ document: [UInt8], allowsRawControlCharacters: Bool) {
        text = DocumentText(document)
        self.allowsRawControlCharacters = allowsRawControlCharacters
    }

    /// Moves `offset` past a byte order mark at the start of the document.
    mutating func readByteOrderMark(_ bytes: Span<UInt8>, isAllowed: Bool) throws(JSONError) {
        guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return }
        guard isAllowed else { throw JSONError(.byteOrderMark, at: 0) }
        offset = 3
    }

    /// Moves `offset` to the next byte that is not white space, and returns that byte.
    mutating func nextToken(_ bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
        skipWhitespace(bytes)
        return try current(bytes)
    }

    /// Moves `offset` to the next byte that is not white space, if that byte is the given one.
    mutating func require(_ token: UInt8, _ bytes: Span<UInt8>) throws(JSONError) {
        guard try nextToken(bytes) == token else { throw JSONError(.unexpectedByte, at: offset) }
    }

    mutating func requireEnd(_ bytes: Span<UInt8>) throws(JSONError) {
        skipWhitespace(bytes)
        guard offset == bytes.count else { throw JSONError(.trailingContent, at: offset) }
    }

    mutating func readWord(_ word: String, _ bytes: Span<UInt8>) throws(JSONError) {
        for expected in word.utf8 {
            guard try current(bytes) == expected else { throw JSONError(.unexpectedByte, at: offset) }
            offset += 1
        }
    }

    /// The byte at `offset`, where the grammar requires one.
    func current(_ bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard let byte = peek(bytes) else { throw JSONError(.unexpectedEnd, at: offset) }
        return byte
    }

    /// The byte at `offset`, or `nil` at the end of the document.
    func peek(_ bytes: Span<UInt8>) -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while let byte = peek(bytes), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            offset += 1
        }
    }
}

extension Scanner {
    /// Moves past a character of two to four bytes that begins at `offset`, if it is well-formed UTF-8. The ranges are
    /// those of RFC 3629 §4, which exclude overlong forms, surrogates and code points beyond U+10FFFF.
    mutating func skipMultibyteCharacter(_ bytes: Span<UInt8>) throws(JSONError) {
        let start = offset
        var (allowed, remaining): (ClosedRange<UInt8>, Int) =
            switch try current(bytes) {
            case 0xC2...0xDF: (0x80...0xBF, 1)
            case 0xE0: (0xA0...0xBF, 2)
            case 0xED: (0x80...0x9F, 2)
            case 0xE1...0xEF: (0x80...0xBF, 2)
            case 0xF0: (0x90...0xBF, 3)
            case 0xF1...0xF3: (0x80...0xBF, 3)
            case 0xF4: (0x80...0x8F, 3)
            default: throw JSONError(.invalidUTF8, at: start)
            }
        offset += 1
        while remaining > 0 {
            guard allowed.contains(try current(bytes)) else { throw JSONError(.invalidUTF8, at: start) }
            allowed = 0x80...0xBF
            remaining -= 1
            offset += 1
        }
    }

    /// Reads a number (RFC 8259 §6) that begins at `offset`, and returns its range.
    mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = offset
        if peek(bytes) == UInt8(ascii: "-") {
            offset += 1
        }
        if peek(bytes) == UInt8(ascii: "0") {
            offset += 1
            guard !isAtDigit(bytes) else { throw JSONError(.invalidNumber, at: offset) }
        } else {
            try readDigits(bytes)
        }
        if peek(bytes) == UInt8(ascii: ".") {
            offset += 1
            try readDigits(bytes)
        }
        if let byte = peek(bytes), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            if let sign = peek(bytes), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                offset += 1
            }
            try readDigits(bytes)
        }
        return start..<offset
    }

    /// Reads one or more digits.
    private mutating func readDigits(_ bytes: Span<UInt8>) throws(JSONError) {
        _ = try current(bytes)
        guard isAtDigit(bytes) else { throw JSONError(.invalidNumber, at: offset) }
        repeat {
            offset += 1
        } while isAtDigit(bytes)
    }

    private func isAtDigit(_ bytes: Span<UInt8>) -> Bool {
        guard let byte = peek(bytes) else { return false }
        return UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
