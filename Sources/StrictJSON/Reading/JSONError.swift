/// Why a document was refused, and where.
///
/// An upstream record contains secrets, so an error contains only a ``Code-swift.struct`` and an offset: no byte of the
/// document, no member name.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong with the document.
    public let code: Code

    /// The offset in bytes, from zero, at which the error was found; the length of the document if it ended too soon.
    public let offset: Int

    init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// A sentence for people, such as `JSON refused at byte 17: a member name occurs twice in one object`.
    public var description: String { "JSON refused at byte \(offset): \(code.message)" }
}

extension JSONError {
    /// One of a dozen errors; cases may be added.
    public struct Code: Sendable, Hashable {
        private enum Fault: String {
            case documentTooLarge = "document_too_large"
            case nestingTooDeep = "nesting_too_deep"
            case byteOrderMark = "byte_order_mark"
            case unexpectedEnd = "unexpected_end"
            case unexpectedByte = "unexpected_byte"
            case trailingContent = "trailing_content"
            case invalidNumber = "invalid_number"
            case invalidEscape = "invalid_escape"
            case loneSurrogate = "lone_surrogate"
            case controlCharacter = "control_character"
            case invalidUTF8 = "invalid_utf8"
            case duplicateName = "duplicate_name"
        }

        private let fault: Fault

        private init(_ fault: Fault) {
            self.fault = fault
        }

        /// The document is longer than ``JSONReader/Limits/maximumBytes``.
        public static let documentTooLarge = Code(.documentTooLarge)

        /// Arrays and objects are nested deeper than ``JSONReader/Limits/maximumDepth``.
        public static let nestingTooDeep = Code(.nestingTooDeep)

        /// The document begins with a byte order mark, and ``JSONReader/allowsByteOrderMark`` is off.
        public static let byteOrderMark = Code(.byteOrderMark)

        /// The document ends before its value does: it was cut off, or is empty.
        public static let unexpectedEnd = Code(.unexpectedEnd)

        /// A byte appears where the grammar does not allow it.
        public static let unexpectedByte = Code(.unexpectedByte)

        /// Something other than white space follows the document's value.
        public static let trailingContent = Code(.trailingContent)

        /// A number has a leading zero, or lacks digits where they are required (RFC 8259 §6).
        public static let invalidNumber = Code(.invalidNumber)

        /// A backslash does not begin a valid escape (RFC 8259 §7).
        public static let invalidEscape = Code(.invalidEscape)

        /// A `\u` escape is half of a surrogate pair, which is not a character (RFC 8259 §8.2).
        public static let loneSurrogate = Code(.loneSurrogate)

        /// A string contains an unescaped control character (RFC 8259 §7).
        public static let controlCharacter = Code(.controlCharacter)

        /// A string is not well-formed UTF-8 (RFC 3629).
        public static let invalidUTF8 = Code(.invalidUTF8)

        /// A name occurs twice in one object (RFC 8259 §4 leaves open which value counts).
        public static let duplicateName = Code(.duplicateName)

        var message: String {
            switch fault {
            case .documentTooLarge: "the document is larger than allowed"
            case .nestingTooDeep: "arrays and objects are nested deeper than allowed"
            case .byteOrderMark: "the document begins with a byte order mark"
            case .unexpectedEnd: "the document ends too soon"
            case .unexpectedByte: "the byte has no place here"
            case .trailingContent: "something follows the document's value"
            case .invalidNumber: "the number is malformed"
            case .invalidEscape: "the escape in the string is malformed"
            case .loneSurrogate: "the escape is half of a surrogate pair"
            case .controlCharacter: "unescaped control character in a string"
            case .invalidUTF8: "the string is not well-formed UTF-8"
            case .duplicateName: "a member name occurs twice in one object"
            }
        }
    }
}

extension JSONError.Code: CustomStringConvertible {
    /// A stable name for programs, such as `duplicate_name`.
    public var description: String { fault.rawValue }
}
