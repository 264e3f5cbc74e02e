/// Writes JSON (RFC 8259), without white space between its tokens.
public struct JSONWriter: Sendable {
    /// The output so far.
    public private(set) var bytes: [UInt8] = []

    /// Creates a writer without output.
    public init() {}

    /// Writes a string: quotation marks, backslashes and control characters are escaped, and nothing else (RFC 8259 §7).
    public mutating func write(_ string: some StringProtocol) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 { escape(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an object of strings and of lists of strings, its members in the order of their names.
    public mutating func write(_ texts: [String: String], lists: [String: [String]] = [:]) {
        write(token: "{")
        for (index, name) in (Array(texts.keys) + lists.keys).sorted().enumerated() {
            if index > 0 { write(token: ",") }
            write(name)
            write(token: ":")
            if let text = texts[name] { write(text) } else { write(lists[name] ?? []) }
        }
        write(token: "}")
    }

    /// Writes an array of strings.
    public mutating func write(_ texts: [String]) {
        write(token: "[")
        for (index, text) in texts.enumerated() {
            if index > 0 { write(token: ",") }
            write(text)
        }
        write(token: "]")
    }

    /// Writes a number unchanged; it must match the grammar of RFC 8259 §6.
    public mutating func write(number: some StringProtocol) {
        bytes.append(contentsOf: number.utf8)
    }

    /// Writes a token unchanged: a bracket, a comma or a literal.
    public mutating func write(token: StaticString) {
        token.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(token: #"\""#)
        case UInt8(ascii: "\\"): write(token: #"\\"#)
        case UInt8(ascii: "\n"): write(token: #"\n"#)
        case UInt8(ascii: "\r"): write(token: #"\r"#)
        case UInt8(ascii: "\t"): write(token: #"\t"#)
        case 0x08: write(token: #"\b"#)
        case 0x0C: write(token: #"\f"#)
        case ..<0x20:
            write(token: #"\u00"#)
            bytes.append(contentsOf: [hexadecimalDigit(byte >> 4), hexadecimalDigit(byte & 0xF)])
        default: bytes.append(byte)
        }
    }

    private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
