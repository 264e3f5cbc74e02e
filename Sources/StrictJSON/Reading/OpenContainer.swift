/// An array or object whose end hasn't been read yet.
struct OpenContainer {
    enum Kind {
        case array, object
    }

    let kind: Kind

    /// Where its bracket stands, which tells it from every other container of the document.
    let offset: Int

    /// Where what belongs to it begins on the parser's stack of elements or members.
    let start: Int

    var closingBracket: UInt8 {
        switch kind {
        case .array: UInt8(ascii: "]")
        case .object: UInt8(ascii: "}")
        }
    }
}
