/// One operation of a commit; see ``RecordStore/commit(_:at:)``.
public enum RecordOperation: Sendable, Hashable {
    /// Stores a record in place of its previous version. Version 1 requires that there is no such record, any other
    /// version that the stored one is the version before it. Expiry, owners and body are replaced.
    ///
    /// An id that is used again after a deletion starts again at version 1.
    case put(StoredRecord)
    /// Changes nothing, but requires that the record exists in this version, or in any if nil.
    ///
    /// No other commit changes it until this one is done.
    case require(RecordKey, version: Int?)
    /// Deletes a record and returns it; requires that it exists in this version, or in any if nil. Of any number of callers
    /// that race, in any number of processes, exactly one gets it.
    ///
    /// Give the version on which you decided: a device code that was read as approved may have been denied since.
    ///
    /// Nothing of it is left. Where a second use must be noticed, as for a code (RFC 6749 §4.1.2), put a next version
    /// that says so instead.
    case consume(RecordKey, version: Int? = nil)
    /// Deletes a record if it exists; with a version, requires that it exists in this version.
    case delete(RecordKey, version: Int? = nil)
    /// Deletes all records that an owner had before this commit. Records that this commit puts stay.
    ///
    /// A commit deletes up to ``mostOwned`` records by their owners, counted for each owner. Records that expired more than
    /// an hour ago, by the store's time, do not count, and are left to ``LoginStore/purge(at:atMost:)``.
    case deleteAll(ownedBy: RecordOwner)
    /// Writes an event to the audit log.
    case append(AuditEvent)
}

extension RecordOperation {
    /// How many records one commit can delete by their owners.
    public static let mostOwned = 10_000

    /// The record it names; nil if it names none.
    var key: RecordKey? {
        switch self {
        case .put(let record): record.key
        case .require(let key, _), .consume(let key, _), .delete(let key, _): key
        case .deleteAll, .append: nil
        }
    }
}
