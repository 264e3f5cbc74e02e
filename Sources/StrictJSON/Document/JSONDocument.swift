/// A document that was read: its text, and the positions of its values in it.
///
/// Strings and other values are created on demand, since most members of a record are never read.
final class JSONDocument: Sendable {
    private let text: DocumentText
    private let items: [DocumentItem]

    /// A document without values, for objects that no document has.
    static let empty = JSONDocument(text: DocumentText([]), items: [])

    /// Keeps items that the caller has obtained from the text.
    init(text: DocumentText, items: [DocumentItem]) {
        self.text = text
        self.items = items
    }

    /// The value at the position.
    func value(at position: Int) -> JSONValue {
        let item = items[position]
        switch item.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .number: return .number(JSONNumber(validLiteral: text.string(item)))
        case .string: return .string(text.string(item))
        case .array: return .array(elements(of: item, at: position))
        case .object: return .object(JSONObject(at: position, of: self))
        }
    }

    /// The name at the position.
    func name(at position: Int) -> String {
        text.string(items[position])
    }

    /// The position that follows a value and everything that belongs to it.
    func position(after position: Int) -> Int {
        items[position].next
    }

    /// The position of the value of the object's member of that name.
    func position(ofMember name: String, of object: Int) -> Int? {
        var name = name
        return name.withUTF8 { name in
            let items = items
            return position(ofMember: name, of: object, among: items.span)
        }
    }

    private func position(
        ofMember name: UnsafeBufferPointer<UInt8>,
        of object: Int,
        among items: Span<DocumentItem>
    ) -> Int? {
        let mark = NameMark(of: name.span)
        guard items[object].names.mayContain(mark) else { return nil }
        let end = items[object].next
        var position = object + 1
        while position < end {
            if items[position].mark == mark, text.isName(items[position], identicalTo: name) { return position + 1 }
            position = items[position + 1].next
        }
        return nil
    }

    private func elements(of array: DocumentItem, at position: Int) -> [JSONValue] {
        var elements: [JSONValue] = []
        var position = position + 1
        while position < array.next {
            elements.append(value(at: position))
            position = items[position].next
        }
        return elements
    }
}

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
