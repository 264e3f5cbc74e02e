public import Foundation

/// Keeps records of any kind, for all processes that share the store, and changes them in transactions.
///
/// A record that has expired by the caller's clock can no longer be read, consumed or replaced. Its id becomes free, and
/// ``LoginStore/purge(at:atMost:)`` removes the record, only once it has expired by the store's own time as well, which no
/// single wrong clock can advance by more than an hour (``StoreTime``). So a clock that is days ahead makes its own
/// process miss the record, but lets no one create a second one; this matters if the record says that something was used.
///
/// As with ``OneTimeStore``, a call is never cancelled halfway, and ends within the store's own time limit.
public protocol RecordStore: Sendable {
    /// Performs all operations in one transaction, or none of them.
    ///
    /// What an operation requires is checked against the records as they were before the commit. Commits that name the
    /// same records happen one after the other, in whatever order they name them.
    ///
    /// - Parameters:
    ///   - operations: Up to 100, with bodies and events of up to 1 MiB and up to 64 owners in total. At most one of them
    ///     names any one record.
    ///   - now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``.
    func commit(_ operations: [RecordOperation], at now: Date) async throws(StoreFailure) -> RecordCommit

    /// The current record of this key; nil if there is none.
    ///
    /// A change that any process was told of is visible here.
    ///
    /// - Parameter now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``.
    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord?

    /// Reads some of the selected records, in the order of their keys. A caller that reads page after page sees each record
    /// once if it exists all the time.
    ///
    /// A page ends early where the bodies of its records would exceed ``RecordPage/greatestSize``.
    ///
    /// - Parameters:
    ///   - after: ``RecordPage/next`` of the previous page of the same selection; nil for the first page.
    ///   - count: The maximum number of records, from 1 to ``RecordPage/greatestCount``; other numbers count as the
    ///     nearest of these.
    ///   - now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``.
    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage
}

extension RecordStore {
    /// The current record of this kind and id; nil if there is none.
    ///
    /// - Throws: ``StoreFailure``; of reason ``StoreFailure/Reason-swift.struct/corrupt`` if its body cannot be decoded.
    public func record<Body: RecordBody>(
        _ body: Body.Type,
        _ id: RecordID,
        at now: Date
    ) async throws(StoreFailure) -> Record<Body>? {
        guard let stored = try await record(Body.key(id), at: now) else { return nil }
        return try Record(stored)
    }
}
