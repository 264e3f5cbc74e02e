/// Tells whether a name is new in its object, in time that stays linear for an object of any size.
struct NameRegister {
    /// Up to this many members, looking at each is faster than hashing.
    private static let linearLimit = 32

    private var names: Set<ScopedName> = []

    /// Whether the object that begins at `offset` and has had these members so far may have a member of that name next.
    mutating func admits(_ name: String, offset: Int, members: ArraySlice<JSONObject.Member>) -> Bool {
        guard members.count >= Self.linearLimit else {
            return members.index(of: name) == nil
        }
        if members.count == Self.linearLimit {
            for member in members {
                names.insert(ScopedName(object: offset, name: member.name))
            }
        }
        return names.insert(ScopedName(object: offset, name: name)).inserted
    }
}
