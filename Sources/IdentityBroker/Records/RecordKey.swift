/// Identifies a record in a store: its kind, and its id within the kind.
public struct RecordKey: Sendable, Hashable {
    /// The kind.
    public let kind: RecordKind
    /// The id within the kind.
    public let id: RecordID

    /// Identifies a record.
    public init(kind: RecordKind, id: RecordID) {
        self.kind = kind
        self.id = id
    }
}

extension RecordKey: Comparable {
    /// Compares the kinds, then the ids, byte by byte.
    public static func < (left: RecordKey, right: RecordKey) -> Bool {
        left.kind == right.kind ? left.id < right.id : left.kind.rawValue < right.kind.rawValue
    }
}
