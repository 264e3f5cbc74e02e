/// An array or object whose end hasn't been read yet.
struct OpenContainer {
    let kind: DocumentItem.Kind

    /// Where its item stands.
    let position: Int

    /// How many members it has by now, and what names; none for an array.
    private(set) var memberCount = 0
    private(set) var names = NameFilter()

    var closingBracket: UInt8 {
        kind == .array ? UInt8(ascii: "]") : UInt8(ascii: "}")
    }

    mutating func count(_ name: DocumentItem) {
        memberCount += 1
        names.insert(name.mark)
    }
}
