/// Any text in a form that PostgreSQL can store, which allows no NUL: it is written `\0`, and a backslash `\\`.
enum StorableText {
    static func stored(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0 || $0 == backslash }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0: bytes += [backslash, zero]
            case backslash: bytes += [backslash, backslash]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The original text; nil if the text is not in the form of ``stored(_:)``.
    static func original(_ stored: String) -> String? {
        guard stored.utf8.contains(backslash) else { return stored }
        var bytes: [UInt8] = []
        var rest = stored.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == backslash else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case zero: bytes.append(0)
            case backslash: bytes.append(backslash)
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let backslash = UInt8(ascii: "\\")
    private static let zero = UInt8(ascii: "0")
}
