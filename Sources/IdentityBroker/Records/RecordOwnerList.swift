/// The owners of a record as one text, sorted, such as `account:5e57… session:ab12…`.
package enum RecordOwnerList {
    package static func text(of owners: Set<RecordOwner>) -> String {
        owners.sorted().map { "\($0.kind.rawValue):\($0.id.rawValue)" }.joined(separator: " ")
    }

    /// Reads owners; nil if the text is not as ``text(of:)`` writes it.
    package static func owners(in text: String) -> Set<RecordOwner>? {
        var owners: Set<RecordOwner> = []
        // No kind contains a colon, and no id a space.
        for part in text.split(separator: " ") {
            let names = part.split(separator: ":", maxSplits: 1)
            guard names.count == 2, let kind = RecordKind(String(names[0])), let id = RecordID(String(names[1])) else {
                return nil
            }
            owners.insert(RecordOwner(kind: kind, id: id))
        }
        return owners
    }
}
