/// The bytes that the ranges of a document's names, strings and numbers refer to: the document itself, with the escapes
/// in strings replaced by the decoded text, which is never longer.
struct DocumentText: Sendable {
    private var bytes: [UInt8]

    /// Starts with the document unchanged; it is copied only if a string has escapes.
    init(_ document: [UInt8]) {
        bytes = document
    }

    /// Appends unescaped bytes to the decoded part of their string.
    mutating func move(_ range: Range<Int>, to end: inout Int) {
        var bytes = bytes.mutableSpan
        for index in range {
            bytes[end] = bytes[index]
            end += 1
        }
    }

    /// Appends the decoded form of an escape.
    mutating func write(_ scalar: Unicode.Scalar, at end: inout Int) {
        // Most escapes are a quotation mark or a slash.
        if scalar.isASCII {
            bytes[end] = UInt8(truncatingIfNeeded: scalar.value)
            end += 1
            return
        }
        for byte in scalar.utf8 {
            bytes[end] = byte
            end += 1
        }
    }

    /// The mark of a name.
    func mark(of name: DocumentItem) -> NameMark {
        withBytes(of: name) { NameMark(of: $0) }
    }

    /// The text of a name, a string or a number.
    func string(_ item: DocumentItem) -> String {
        withBytes(of: item) { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Whether a name consists of these bytes. Names are compared by their scalars (RFC 8259 §8.3), which have one
    /// spelling in well-formed UTF-8.
    func isName(_ item: DocumentItem, identicalTo name: UnsafeBufferPointer<UInt8>) -> Bool {
        withBytes(of: item) { $0.isIdentical(to: name.span) }
    }

    /// Whether two names are the same.
    func isName(_ item: DocumentItem, identicalTo other: DocumentItem) -> Bool {
        withBytes(of: item) { bytes in withBytes(of: other) { bytes.isIdentical(to: $0) } }
    }

    private func withBytes<Result>(of item: DocumentItem, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(item.range))
    }
}

extension Span<UInt8> {
    /// Whether both contain the same bytes.
    func isIdentical(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] {
            return false
        }
        return true
    }
}
