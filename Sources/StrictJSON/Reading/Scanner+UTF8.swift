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
}
