/// One value of a document, or the name of a member: what it is, and where it stands.
///
/// A document's items stand in the order in which it has them: the elements of an array behind the array, of an object's
/// members each name and then its value.
struct DocumentItem {
    enum Kind: UInt8 {
        case null, `true`, `false`, number, string, array, object
    }

    /// The range of a number or a string, or the names of an object: no item has both.
    private var detail: UInt64

    /// Of what is a name, its mark.
    var mark = NameMark.none

    private var following: UInt32

    let kind: Kind

    /// An item at a position, for now without others that belong to it.
    ///
    /// A document of more than `UInt32.max` bytes is refused before it is read, and none has more items than bytes.
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
