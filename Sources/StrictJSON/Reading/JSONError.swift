/// Why a document was refused, and where.
///
/// An upstream record holds secrets, so an error says nothing but a ``Code-swift.struct`` and an offset: no byte of the
/// document, no name of a member.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong with the document.
    public let code: Code

    /// The byte at which the document was found wanting, counted from zero; the number of bytes where it ended too soon.
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
