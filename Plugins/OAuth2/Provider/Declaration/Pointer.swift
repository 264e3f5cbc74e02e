import StrictJSON

/// Where a value is in an answer (RFC 6901).
struct Pointer: DeclarationText {
    static let expectation = "a JSON Pointer such as /profile/id (RFC 6901), or \"\" for the whole answer"

    let pointer: JSONPointer

    var written: String { pointer.text }

    init?(_ text: String) {
        guard let pointer = JSONPointer(text) else { return nil }
        self.pointer = pointer
    }

    /// The value there; nil if there is none, or null.
    func value(in answer: JSONValue) -> JSONValue? {
        pointer.value(in: answer).flatMap { $0.isNull ? nil : $0 }
    }

    /// The id there: a text, or a whole number with all its digits, which no number type could hold. Zero is none:
    /// some upstreams write it for a missing id.
    func id(in answer: JSONValue) -> String? {
        switch value(in: answer) {
        case .string(let text)?: text
        case .number(let number)?
        where number.literal != "0" && number.literal.utf8.allSatisfy { (0x30...0x39).contains($0) }:
            number.literal
        default: nil
        }
    }
}

extension Pointer: ExpressibleByStringLiteral {
    /// A pointer written in source code.
    ///
    /// - Precondition: The literal is a pointer; another one is a programming error that shows at the first run.
    init(stringLiteral literal: String) {
        guard let pointer = Pointer(literal) else { preconditionFailure("'\(literal)' is not a JSON Pointer.") }
        self = pointer
    }
}
