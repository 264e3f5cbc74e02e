/// An array or object whose end has not been read yet.
struct OpenContainer {
    let kind: DocumentItem.Kind

    /// The position of its item.
    let position: Int

    /// The number of members so far and their names; empty for an array.
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
