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
/// Beyond the grammar, the reader refuses names that occur twice in an object once their escapes are decoded, ill-formed
/// UTF-8, escapes of lone surrogates, and anything but white space after the value. It needs time linear in the length of
/// the document, and no stack that grows with the nesting.
public struct JSONReader: Sendable {
    /// What bounds the documents that are read.
    public var limits: Limits

    /// Whether strings may contain U+0000 to U+001F unescaped, which are then kept as they stand; off by default.
    ///
    /// RFC 8259 §7 forbids them. WeChat sends them in nicknames and city names all the same.
    public var allowsRawControlCharactersInStrings: Bool

    /// Whether a UTF-8 byte order mark in front of the document is ignored; on by default. It counts toward the size and
    /// toward the offsets of errors.
    ///
    /// RFC 8259 §8.1 forbids senders to add one and lets receivers ignore it. An upstream that sends one anyway has often
    /// spent the credential by then.
    public var allowsByteOrderMark: Bool

    /// Creates a reader; without arguments, one that is safe for documents of strangers.
    public init(
        limits: Limits = Limits(),
        allowsRawControlCharactersInStrings: Bool = false,
        allowsByteOrderMark: Bool = true
    ) {
        self.limits = limits
        self.allowsRawControlCharactersInStrings = allowsRawControlCharactersInStrings
        self.allowsByteOrderMark = allowsByteOrderMark
    }

    /// Reads a document, which is kept for as long as an object of it is.
    ///
    /// - Throws: ``JSONError`` with the first fault that was met.
    public func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try checkSize(bytes.count)
        var parser = Parser(bytes, options: self)
        return try parser.parseDocument().value(at: 0)
    }

    /// Reads a document that is a span of memory, which is copied.
    ///
    /// - Throws: ``JSONError`` with the first fault that was met.
    public func read(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        try checkSize(bytes.count)
        return try read(bytes.withUnsafeBufferPointer(Array.init))
    }

    /// Reads a document from any collection of bytes, which are copied.
    ///
    /// - Throws: ``JSONError`` with the first fault that was met.
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
