/// One operation of a commit; see ``BrokerStore/commit(_:at:)``.
public enum StoreOperation: Sendable, Hashable {
    /// Reserves a credential; requires that no one reserved it before. Of any number of callers that race, in any number of
    /// processes, exactly one gets it.
    ///
    /// The reservation is kept until its expiry, both by the caller's clock and by the highest time that the store has
    /// believed (``StoreTime/expiry(of:at:)``), and then until ``BrokerStore/purge(at:atMost:)`` removes it, whatever the
    /// caller's clock says.
    case reserve(OneTimeReservation)
    /// Spends or releases a credential. A reservation that is gone, spent, or by now another login's is left unchanged.
    case settle(OneTimeReservation, as: OneTimeOutcome)
    /// Finds or creates the account of an identity, updates the identity, and puts the sign-in's records, which then belong
    /// to the account; requires that their ids are free, as ``put(_:)`` does.
    ///
    /// ``LinkingPolicy`` decides which account it is, on the identity as the store finds it in the transaction.
    ///
    /// If an identity has several first logins at once, in any number of processes, one creates the account and all get
    /// it. ``LinkedIdentity/firstLogin`` is the earliest time given, ``LinkedIdentity/lastLogin`` the latest, and
    /// everything else is as of the latest, in whatever order the calls arrive. One exception: a login more than a day
    /// before the last one counts as the latest, because the clock had been ahead.
    indirect case signIn(SignIn)
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
    /// an hour ago, by the store's time, do not count, and are left to ``BrokerStore/purge(at:atMost:)``.
    case deleteAll(ownedBy: RecordOwner)
    /// Writes an event to the audit log, which is append-only: nothing changes an event, and only age removes it.
    indirect case append(AuditEvent)
}

extension StoreOperation {
    /// How many records one commit can delete by their owners.
    public static let mostOwned = 10_000

    /// The record it names; nil if it names none, or any number as a sign-in does.
    var key: RecordKey? {
        switch self {
        case .put(let record): record.key
        case .require(let key, _), .consume(let key, _), .delete(let key, _): key
        case .reserve, .settle, .signIn, .deleteAll, .append: nil
        }
    }

    /// Whether it reads or changes records.
    var isAboutRecords: Bool {
        switch self {
        case .put, .require, .consume, .delete, .deleteAll: true
        case .signIn(let signIn): !signIn.records.isEmpty
        case .reserve, .settle, .append: false
        }
    }
}
