extension JSONValue {
    /// The value as JSON (RFC 8259), without white space between its tokens.
    ///
    /// Equal values have the same text: an object's members are sorted by name. Only characters that must be escaped
    /// are (RFC 8259 §7).
    public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

    /// The same text in UTF-8, as requests and answers carry it.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON for people: each member and element on its own line, indented by two spaces.
    public var indentedJSON: String {
        var writer = JSONWriter(isIndented: true)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONObject {
    /// The object as JSON, as ``JSONValue/json`` writes it.
    public var json: String { JSONValue.object(self).json }

    /// The same text in UTF-8, as requests and answers carry it.
    public var jsonBytes: [UInt8] { JSONValue.object(self).jsonBytes }
}

/// Writes JSON texts (RFC 8259). Equal values have the same text: an object's members are sorted by name.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// How many arrays and objects are open; `nil` to write no white space.
    private var depth: Int?

    /// Enough for most texts, so that they are not reallocated while they grow.
    private static let usualSize = 256

    init(isIndented: Bool) {
        depth = isIndented ? 0 : nil
        bytes.reserveCapacity(Self.usualSize)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        case .number(let number): bytes.append(contentsOf: number.literal.utf8)
        case .string(let string): write(string)
        case .array(let elements): write(in: ("[", "]"), elements) { $0.write($1) }
        case .object(let object): write(object)
        }
    }

    mutating func write(_ object: JSONObject) {
        write(in: ("{", "}"), object.membersByName) { writer, member in
            writer.write(member.name)
            // As Foundation indents it.
            if writer.depth != nil { writer.append(mark: " ") }
            writer.append(mark: ":")
            if writer.depth != nil { writer.append(mark: " ") }
            writer.write(member.value)
        }
    }

    private mutating func write<Item>(
        in brackets: (Unicode.Scalar, Unicode.Scalar),
        _ items: [Item],
        _ writeItem: (inout JSONWriter, Item) -> Void
    ) {
        append(mark: brackets.0)
        depth = depth.map { $0 + 1 }
        for index in items.indices {
            if index > 0 { append(mark: ",") }
            beginLine()
            writeItem(&self, items[index])
        }
        depth = depth.map { $0 - 1 }
        if items.isEmpty, depth != nil { append("\n") }
        beginLine()
        append(mark: brackets.1)
    }

    private mutating func beginLine() {
        guard let depth else { return }
        append("\n")
        for _ in 0..<depth { append("  ") }
    }

    /// Escapes quotation marks, backslashes and control characters, and nothing else (RFC 8259 §7).
    private mutating func write(_ string: String) {
        append(mark: "\"")
        var string = string
        string.withUTF8 { text in
            var start = text.startIndex
            for index in text.indices where Self.isEscaped(text[index]) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                escape(text[index])
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
        append(mark: "\"")
    }

    /// Writes a mark of one byte, which is most of what is written between names and values.
    private mutating func append(mark: Unicode.Scalar) {
        bytes.append(UInt8(truncatingIfNeeded: mark.value))
    }

    private mutating func append(_ token: StaticString) {
        token.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(#"\""#)
        case UInt8(ascii: "\\"): append(#"\\"#)
        case UInt8(ascii: "\n"): append(#"\n"#)
        case UInt8(ascii: "\r"): append(#"\r"#)
        case UInt8(ascii: "\t"): append(#"\t"#)
        case 0x08: append(#"\b"#)
        case 0x0C: append(#"\f"#)
        case ..<0x20:
            append(#"\u00"#)
            bytes.append(contentsOf: [hexadecimalDigit(byte >> 4), hexadecimalDigit(byte & 0xF)])
        default: bytes.append(byte)
        }
    }

    private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
