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
