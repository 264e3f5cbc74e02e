/// Reads a JSON document (RFC 8259) into a ``JSONValue``, and refuses every document that two parsers might
/// understand differently.
///
/// ```swift
/// let reader = JSONReader(limits: .init(maximumBytes: 64 * 1024))
/// let record = try reader.read(body)                  // [UInt8], a buffer, or text.utf8
/// guard let id = record["_id"]?.string, !id.isEmpty else { throw … }
/// let logins = record["loginsCount"]?.int64
/// ```
///
/// Beyond the grammar, the reader refuses names that occur twice in an object once their escapes are decoded,
/// ill-formed UTF-8, escapes of lone surrogates, and anything but white space after the value. It takes time linear in
/// the length of the document, and its stack does not grow with the nesting.
public struct JSONReader: Sendable {
    /// The limits for documents.
    public var limits: Limits

    /// Whether strings may contain unescaped U+0000 to U+001F, which are then kept unchanged; off by default.
    ///
    /// RFC 8259 §7 forbids them. WeChat sends them anyway, in nicknames and city names.
    public var allowsRawControlCharactersInStrings: Bool

    /// Whether a UTF-8 byte order mark at the start of the document is ignored; on by default. It counts toward the
    /// size and toward the offsets of errors.
    ///
    /// RFC 8259 §8.1 forbids senders to add one and lets receivers ignore it. By the time an upstream sends one anyway,
    /// it has often spent the credential.
    public var allowsByteOrderMark: Bool

    /// Creates a reader; the defaults are safe for untrusted documents.
    public init(
        limits: Limits = Limits(),
        allowsRawControlCharactersInStrings: Bool = false,
        allowsByteOrderMark: Bool = true
    ) {
        self.limits = limits
        self.allowsRawControlCharactersInStrings = allowsRawControlCharactersInStrings
        self.allowsByteOrderMark = allowsByteOrderMark
    }

    /// Reads a document and keeps it in memory for as long as one of its objects exists.
    ///
    /// - Throws: ``JSONError`` with the first error in the document.
    public func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try checkSize(bytes.count)
        var parser = Parser(bytes, options: self)
        return try parser.parseDocument().value(at: 0)
    }

    /// Reads a document from a span of memory, which is copied.
    ///
    /// - Throws: ``JSONError`` with the first error in the document.
    public func read(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        try checkSize(bytes.count)
        return try read(bytes.withUnsafeBufferPointer(Array.init))
    }

    /// Reads a document from any collection of bytes, which are copied.
    ///
    /// - Throws: ``JSONError`` with the first error in the document.
    public func read(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSONValue {
        try checkSize(bytes.count)
        return try read(Array(bytes))
    }

    private func checkSize(_ count: Int) throws(JSONError) {
        guard count <= limits.maximumBytes else {
            throw JSONError(.documentTooLarge, at: max(limits.maximumBytes, 0))
        }
    }
}
