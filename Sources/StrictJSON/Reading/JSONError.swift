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
