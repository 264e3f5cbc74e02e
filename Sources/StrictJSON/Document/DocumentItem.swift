/// One value of a document, or the name of a member: its kind and position.
///
/// Items are in document order: the elements of an array follow the array; in an object, each name is followed by its
/// value.
struct DocumentItem {
    enum Kind: UInt8 {
        case null, `true`, `false`, number, string, array, object
    }

    /// The range of a number or a string, or the names of an object: no item has both.
    private var detail: UInt64

    /// The mark, if the item is a name.
    var mark = NameMark.none

    private var following: UInt32

    let kind: Kind

    /// Creates an item at a position, without items that belong to it yet.
    ///
    /// A document of more than `UInt32.max` bytes is refused before it is read, and a document has no more items than
    /// bytes.
    init(_ kind: Kind, _ range: Range<Int> = 0..<0, at position: Int) {
        self.kind = kind
        detail = UInt64(range.lowerBound) << 32 | UInt64(range.upperBound)
        following = UInt32(truncatingIfNeeded: position + 1)
    }

    /// The bytes of a number or a string.
    var range: Range<Int> { Int(detail >> 32)..<Int(detail & 0xFFFF_FFFF) }

    /// The names of an object's members.
    var names: NameFilter {
        get { NameFilter(bits: detail) }
        set { detail = newValue.bits }
    }

    /// The position of the next item that does not belong to this one.
    var next: Int {
        get { Int(following) }
        set { following = UInt32(truncatingIfNeeded: newValue) }
    }
}
