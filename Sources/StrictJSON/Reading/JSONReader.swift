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

extension JSONReader {
    /// How large a document may be. A document at a limit is read; one beyond it is refused.
    public struct Limits: Sendable, Hashable {
        /// The most bytes a document may have; 256 KiB by default. The limit is never more than 4 GiB less a byte,
        /// whatever is set.
        public var maximumBytes: Int {
            get { byteCount }
            set { byteCount = min(newValue, Int(UInt32.max)) }
        }

        /// The most arrays and objects that may be open at once; 32 by default, where `[[]]` needs two.
        ///
        /// Never more than 128 are allowed, whatever is set: the reader could handle more, but creating and comparing
        /// values recurses level by level on the caller's stack.
        public var maximumDepth: Int {
            get { depth }
            set { depth = min(max(newValue, 0), 128) }
        }

        private var byteCount = 0
        private var depth = 0

        /// Creates limits; the defaults are safe for untrusted documents.
        public init(maximumBytes: Int = 256 * 1024, maximumDepth: Int = 32) {
            self.maximumBytes = maximumBytes
            self.maximumDepth = maximumDepth
        }
    }
}
