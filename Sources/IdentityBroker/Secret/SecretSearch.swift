/// Finds a secret in bytes: verbatim, or as escaped in a URL (RFC 3986 §2.1) or a JSON text (RFC 8259 §7).
struct SecretSearch: Sendable {
    private let secret: Secret

    init(_ secret: Secret) {
        self.secret = secret
    }

    /// Whether the bytes contain the secret. An empty one is never found.
    func matches(in bytes: [UInt8]) -> Bool {
        bytes.count >= secret.byteCount && firstMatch(in: bytes.span, from: 0) != nil
    }

    /// Whether the text contains the secret.
    ///
    /// Bytes are compared, not characters: a mark or a joiner after a secret would change its last character.
    func matches(in text: String) -> Bool {
        // No spelling of a secret is shorter than the secret.
        text.utf8.count >= secret.byteCount && firstMatch(in: text.utf8.span, from: 0) != nil
    }

    /// The text with every occurrence replaced.
    func replacingMatches(in text: String, with replacement: String) -> String {
        guard matches(in: text) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        while let match = firstMatch(in: bytes.span, from: position) {
            result += bytes[position..<match.lowerBound]
            result += replacement.utf8
            position = match.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    private func firstMatch(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        let needle = secret.revealBytes()
        guard let first = needle.first, bytes.count - start >= needle.count else { return nil }
        for position in start...(bytes.count - needle.count) {
            switch bytes[position] {
            case first, Escape.percent, Escape.backslash:
                if let end = Self.end(of: needle, in: bytes, at: position) { return position..<end }
            default:
                continue
            }
        }
        return nil
    }

    private static func end(of needle: [UInt8], in bytes: Span<UInt8>, at start: Int) -> Int? {
        if isLiteral(needle, in: bytes, at: start) { return start + needle.count }
        var position = start
        for wanted in needle {
            guard position < bytes.count else { return nil }
            if let (byte, length) = Escape.read(bytes, at: position) {
                guard byte == wanted else { return nil }
                position += length
            } else {
                guard bytes[position] == wanted else { return nil }
                position += 1
            }
        }
        return position
    }

    private static func isLiteral(_ needle: [UInt8], in bytes: Span<UInt8>, at start: Int) -> Bool {
        guard bytes.count - start >= needle.count else { return false }
        for index in needle.indices where bytes[start + index] != needle[index] {
            return false
        }
        return true
    }
}

/// One escaped byte.
private enum Escape {
    static let percent = UInt8(ascii: "%")
    static let backslash = UInt8(ascii: "\\")

    /// The byte escaped at this position, and the length of the escape.
    static func read(_ bytes: Span<UInt8>, at position: Int) -> (byte: UInt8, length: Int)? {
        guard bytes[position] == percent || bytes[position] == backslash else { return nil }
        let text = (position..<min(position + 6, bytes.count)).map { bytes[$0] }[...]
        switch text.first {
        case percent:
            return hexadecimal(text.dropFirst().prefix(2)).map { ($0, 3) }
        case backslash:
            guard let letter = text.dropFirst().first else { return nil }
            // Beyond ASCII, an escape denotes a UTF-16 code unit, not a byte.
            if letter == UInt8(ascii: "u"), text.dropFirst(2).starts(with: "00".utf8) {
                return hexadecimal(text.dropFirst(4)).flatMap { $0 < 0x80 ? ($0, 6) : nil }
            }
            return short[letter].map { ($0, 2) }
        default:
            return nil
        }
    }

    private static let short: [UInt8: UInt8] = [
        UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "\""): UInt8(ascii: "\""), backslash: backslash,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C,
    ]

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
