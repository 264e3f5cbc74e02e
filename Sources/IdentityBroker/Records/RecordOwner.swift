public import Foundation

/// What a record belongs to: ``StoreOperation/deleteAll(ownedBy:)`` deletes all records of an owner.
///
/// An owner is only a name: stores do not check that it exists.
public struct RecordOwner: Sendable, Hashable {
    /// The kind of owner, such as `account`.
    public let kind: RecordKind
    /// Its id.
    public let id: RecordID

    /// Names an owner of any kind, such as another record.
    public init(kind: RecordKind, id: RecordID) {
        self.kind = kind
        self.id = id
    }

    /// An account.
    public static func account(_ id: AccountID) -> RecordOwner {
        RecordOwner(kind: "account", id: RecordID(id.value))
    }

    /// The account that it is; nil if it is something else.
    package var account: AccountID? { kind == "account" ? AccountID(id.rawValue) : nil }

    /// A grant.
    public static func grant(_ id: UUID) -> RecordOwner {
        RecordOwner(kind: "grant", id: RecordID(id))
    }

    /// A session.
    public static func session(_ id: RecordID) -> RecordOwner {
        RecordOwner(kind: "session", id: id)
    }
}

extension RecordOwner: Comparable {
    /// Compares the kinds, then the ids, byte by byte.
    public static func < (left: RecordOwner, right: RecordOwner) -> Bool {
        RecordKey(kind: left.kind, id: left.id) < RecordKey(kind: right.kind, id: right.id)
    }
}
