public import Foundation

/// Keeps everything that a broker and its service store, for all processes that share it: which credentials were presented,
/// the audit log, accounts, and records of any kind. It changes them in transactions of ``StoreOperation``s.
///
/// A record that has expired by the caller's clock can no longer be read, consumed or replaced. Its id becomes free, and
/// ``purge(at:atMost:)`` removes the record, only once it has expired by the store's own time as well, which no
/// single wrong clock can advance by more than an hour (``StoreTime``). So a clock that is days ahead makes its own
/// process miss the record, but lets no one create a second one; this matters if the record says that something was used.
///
/// Its calls are not cancelled halfway, whatever the caller does, so an implementation must end each within its own
/// time limit: a store that hangs must fail.
public protocol BrokerStore: Sendable {
    /// Prepares for the first login: connects, and creates or updates tables.
    ///
    /// Calling it is optional, since the first login does the same. It lets operators learn of problems at once, and
    /// create the tables as their own user. By default it does nothing.
    ///
    /// - Throws: ``StoreFailure`` that says what to do.
    func prepare() async throws(StoreFailure)

    /// Performs all operations in one transaction, durably, or none of them.
    ///
    /// What an operation requires is checked against the store as it was before the commit. Commits that name the
    /// same credentials, identities or records happen one after the other, in whatever order they name them.
    ///
    /// - Parameters:
    ///   - operations: Up to 100, of which one is a sign-in, with bodies and events of up to 1 MiB and up to 64 owners in
    ///     total. At most one of them names any one credential or record. The subject of an identity has up to 255 bytes,
    ///     and its other texts up to 1 MiB.
    ///   - now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``; a login then fails, whatever its outcome.
    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult

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

    /// The account of this id; nil if there is none.
    ///
    /// - Throws: ``StoreFailure``.
    func account(_ id: AccountID) async throws(StoreFailure) -> Account?

    /// The accounts that have a verified contact, in the order in which their identities were linked.
    ///
    /// - Parameters:
    ///   - kind: The kind of contact.
    ///   - value: The contact, compared byte by byte.
    ///   - count: The maximum number of identities to look at, from 1 to ``AccountList/greatestCount``; other numbers count
    ///     as the nearest of these.
    /// - Throws: ``StoreFailure``.
    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID]

    /// The newest audit events, at most this many, in the order written.
    ///
    /// - Throws: ``StoreFailure``.
    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent]

    /// The time by which the store may forget, after taking the caller's clock into account: the argument for
    /// ``purge(at:atMost:)``.
    ///
    /// The store keeps one ``StoreTime`` for all processes that share it, and updates it with `now`. It writes every
    /// time, atomically with respect to other processes, even if nothing changes: that proves to a service that its
    /// store accepts writes, and keeps the store's time current without logins. It fails where a login would, for
    /// example if a table is missing.
    ///
    /// - Parameter now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``; nothing may then be forgotten.
    func believedTime(at now: Date) async throws(StoreFailure) -> Date

    /// Removes old entries: expired reservations, expired records, and audit events by the store's own rule. That rule
    /// keeps an event written by a clock that was behind as long as any other: it counts
    /// from ``StoreTime/highest`` at the time of writing.
    ///
    /// The broker calls it now and then. It is bounded, so that no login waits long for it. If its task is cancelled,
    /// it stops after its current transaction.
    ///
    /// - Parameters:
    ///   - now: The store's time from ``believedTime(at:)``. A process with a wrong clock would otherwise remove what
    ///     is needed.
    ///   - count: The maximum number of entries to remove, oldest first.
    /// - Returns: How many were removed. If this equals `count`, there may be more.
    /// - Throws: ``StoreFailure``; it fails no login.
    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int

    /// Completes earlier calls, then ends the store's threads and closes its connections and files. Later calls fail.
    ///
    /// Call it before the process exits: a library that is unloaded while the store still works may crash the process.
    /// It waits for the calls under way, each of which ends within the store's own time limit. A second call does
    /// nothing. A store that wraps another closes it. A store in memory has nothing to close.
    ///
    /// - Throws: ``StoreFailure`` if a connection or file cannot be closed. No result that was returned is lost.
    func close() async throws(StoreFailure)
}

extension BrokerStore {
    /// Does nothing.
    public func prepare() async throws(StoreFailure) {}

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

/// The limits of a list of accounts.
public enum AccountList {
    /// The maximum number of accounts in a list.
    public static let greatestCount = 100

    /// A requested number of accounts, brought within the limits.
    package static func count(_ count: Int) -> Int { min(max(1, count), greatestCount) }

    /// The accounts without repetitions, in their order.
    package static func distinct(_ accounts: [AccountID]) -> [AccountID] {
        var seen: Set<AccountID> = []
        return accounts.filter { seen.insert($0).inserted }
    }
}
