public import Foundation

/// A record as its module sees it.
public struct Record<Body: RecordBody>: Sendable {
    /// The record's id within its kind.
    public let id: RecordID
    /// Counts the changes, from 1.
    public let version: Int
    /// When it expires; nil if it stays until it is deleted.
    public var expiry: Date?
    /// What it belongs to; up to 16.
    public var owners: Set<RecordOwner>
    /// The contents.
    public var body: Body

    /// Creates a new record.
    public init(_ body: Body, id: RecordID, owners: Set<RecordOwner> = [], expiry: Date? = nil) {
        self.init(body, id: id, version: 1, owners: owners, expiry: expiry)
    }

    /// Reads a record.
    ///
    /// - Throws: ``StoreFailure`` of reason ``StoreFailure/Reason-swift.struct/corrupt`` if it is of another kind or its
    ///   body cannot be decoded. This concerns only this record.
    public init(_ stored: StoredRecord) throws(StoreFailure) {
        guard stored.key.kind == Body.recordKind, let body = try? Body(recordBody: stored.body) else {
            throw StoreFailure(
                "The body of a record of the kind \(Body.recordKind) cannot be decoded.", mayHaveHappened: false,
                reason: .corrupt)
        }
        self.init(body, id: stored.key.id, version: stored.version, owners: stored.owners, expiry: stored.expiry)
    }

    private init(_ body: Body, id: RecordID, version: Int, owners: Set<RecordOwner>, expiry: Date?) {
        self.id = id
        self.version = version
        self.expiry = expiry
        self.owners = owners
        self.body = body
    }

    /// The next version, with new contents.
    public func next(_ body: Body) -> Record {
        Record(body, id: id, version: version + 1, owners: owners, expiry: expiry)
    }

    /// The operation that consumes the record in this version; see ``StoreOperation/consume(_:version:)``.
    public func consume() -> StoreOperation { .consume(Body.key(id), version: version) }

    /// The operation that deletes the record in this version; see ``StoreOperation/delete(_:version:)``.
    public func delete() -> StoreOperation { .delete(Body.key(id), version: version) }

    /// The operation that requires the record in this version; see ``StoreOperation/require(_:version:)``.
    public func require() -> StoreOperation { .require(Body.key(id), version: version) }

    /// The operation that stores this version in place of the previous one; see ``StoreOperation/put(_:)``.
    ///
    /// - Throws: ``StoreFailure`` if the body cannot be written.
    public func put() throws(StoreFailure) -> StoreOperation { .put(try stored()) }

    /// The record as a store keeps it.
    ///
    /// - Throws: ``StoreFailure`` if the body cannot be written.
    public func stored() throws(StoreFailure) -> StoredRecord {
        guard let bytes = try? body.recordBody() else {
            throw StoreFailure(
                "The body of a record of the kind \(Body.recordKind) cannot be encoded.", mayHaveHappened: false)
        }
        return StoredRecord(key: Body.key(id), version: version, expiry: expiry, owners: owners, body: bytes)
    }
}

extension Record: Equatable where Body: Equatable {}
extension Record: Hashable where Body: Hashable {}
