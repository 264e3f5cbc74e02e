/// Writes one JSON text (RFC 8259), without white space between its tokens.
///
/// ```swift
/// let text = JSONWriter.text { $0.writeObject(["a": 1, "b": 2]) { $0.write(integer: $1) } }   // {"a":1,"b":2}
/// ```
///
/// The output is always JSON, and no name occurs twice in an object. A closure that does not write exactly one value
/// where one belongs is a programming error that ends the process.
public struct JSONWriter: Sendable {
    private var bytes: [UInt8] = []
    /// How many values have been written where the next one belongs.
    private var values = 0

    private init() {}

    /// The text of the value that the closure writes.
    public static func text(of value: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.writeOne(value)
        return writer.bytes
    }

    /// Writes null.
    public mutating func writeNull() {
        writeValue("null")
    }

    /// Writes true or false.
    public mutating func write(_ value: Bool) {
        writeValue(value ? "true" : "false")
    }

    /// Writes an integer with all its digits.
    public mutating func write(integer value: some BinaryInteger) {
        bytes.append(contentsOf: String(value).utf8)
        values += 1
    }

    /// Writes a number, as the shortest text that reads as the same number; null for numbers that JSON lacks, such as
    /// infinity.
    public mutating func write(_ value: Double) {
        guard value.isFinite else { return writeNull() }
        let text = value.description
        bytes.append(contentsOf: text.utf8)
        if text.hasSuffix(".0") { bytes.removeLast(2) }
        values += 1
    }

    /// Writes a string: quotation marks, backslashes and control characters are escaped, and nothing else (RFC 8259 §7).
    public mutating func write(_ string: some StringProtocol) {
        append(quoting: string)
        values += 1
    }

    /// Writes an array of what the closure writes for each element.
    public mutating func writeArray<Element>(
        _ elements: some Sequence<Element>,
        _ writeElement: (inout JSONWriter, Element) -> Void
    ) {
        append("[")
        var isFirst = true
        for element in elements {
            if !isFirst { append(",") }
            isFirst = false
            writeOne { writeElement(&$0, element) }
        }
        append("]")
        values += 1
    }

    /// Writes an object of what the closure writes for each value, its members in the order of their names.
    public mutating func writeObject<Value>(
        _ members: [String: Value],
        _ writeValue: (inout JSONWriter, Value) -> Void
    ) {
        append("{")
        var isFirst = true
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if !isFirst { append(",") }
            isFirst = false
            append(quoting: name)
            append(":")
            writeOne { writeValue(&$0, value) }
        }
        append("}")
        values += 1
    }

    /// Writes an object of strings, its members in the order of their names.
    public mutating func write(_ texts: [String: String]) {
        writeObject(texts) { $0.write($1) }
    }

    /// Writes an array of strings.
    public mutating func write(_ texts: [String]) {
        writeArray(texts) { $0.write($1) }
    }

    private mutating func writeOne(_ value: (inout JSONWriter) -> Void) {
        let outer = values
        values = 0
        value(&self)
        precondition(values == 1, "one value belongs here, and \(values) were written")
        values = outer
    }

    private mutating func writeValue(_ literal: StaticString) {
        append(literal)
        values += 1
    }

    private mutating func append(_ token: StaticString) {
        token.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(quoting string: some StringProtocol) {
        append("\"")
        for byte in string.utf8 { escape(byte) }
        append("\"")
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
