/// Writes JSON texts (RFC 8259). The same value has one text: an object's members come in the order of their names.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// How deep arrays and objects are open; `nil` to write no white space.
    private var depth: Int?

    init(isIndented: Bool) {
        depth = isIndented ? 0 : nil
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        case .number(let number): bytes.append(contentsOf: number.literal.utf8)
        case .string(let string): write(string)
        case .array(let elements): write("[", elements, "]") { $0.write($1) }
        case .object(let object): write(object)
        }
    }

    mutating func write(_ object: JSONObject) {
        write("{", object.membersByName, "}") { writer, member in
            writer.write(member.name)
            // As Foundation indents it.
            writer.append(writer.depth == nil ? ":" : " : ")
            writer.write(member.value)
        }
    }

    private mutating func write<Item>(
        _ opening: StaticString,
        _ items: [Item],
        _ closing: StaticString,
        _ writeItem: (inout JSONWriter, Item) -> Void
    ) {
        append(opening)
        depth = depth.map { $0 + 1 }
        for index in items.indices {
            if index > 0 { append(",") }
            beginLine()
            writeItem(&self, items[index])
        }
        depth = depth.map { $0 - 1 }
        if items.isEmpty, depth != nil { append("\n") }
        beginLine()
        append(closing)
    }

    private mutating func beginLine() {
        guard let depth else { return }
        append("\n")
        for _ in 0..<depth { append("  ") }
    }

    /// Escapes quotation marks, backslashes and control characters, and nothing else (RFC 8259 §7).
    private mutating func write(_ string: String) {
        append("\"")
        for byte in string.utf8 { escape(byte) }
        append("\"")
    }

    private mutating func append(_ token: StaticString) {
        token.withUTF8Buffer { bytes.append(contentsOf: $0) }
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
