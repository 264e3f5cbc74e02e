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
