/// Tells whether a name is new in its object; the total time stays linear in the size of the object.
struct NameRegister {
    /// Up to this many members, a linear search is faster than hashing.
    private static let linearLimit = 32

    private var names: Set<ScopedName> = []

    /// Whether the name in the last item is new in the object.
    mutating func admits(
        _ name: DocumentItem,
        in object: OpenContainer,
        among items: [DocumentItem],
        of text: DocumentText
    ) -> Bool {
        guard object.memberCount >= Self.linearLimit else {
            guard object.names.mayContain(name.mark) else { return true }
            var position = object.position + 1
            while position < items.count {
                if items[position].mark == name.mark, text.isName(items[position], identicalTo: name) { return false }
                position = items[position + 1].next
            }
            return true
        }
        if object.memberCount == Self.linearLimit {
            var position = object.position + 1
            while position < items.count {
                names.insert(ScopedName(object: object.position, name: text.string(items[position])))
                position = items[position + 1].next
            }
        }
        return names.insert(ScopedName(object: object.position, name: text.string(name))).inserted
    }
}

/// A member's name and the object it belongs to, hashed and compared by bytes.
///
/// `String` hashes under canonical equivalence: an attacker could send any number of different names that share one
/// hash.
struct ScopedName: Hashable {
    /// The position of the object's item.
    let object: Int

    let name: String

    static func == (left: Self, right: Self) -> Bool {
        left.object == right.object && left.name.isIdentical(to: right.name)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(object)
        for byte in name.utf8 {
            hasher.combine(byte)
        }
    }
}
