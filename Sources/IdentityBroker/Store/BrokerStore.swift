public import Foundation

/// Everything that a broker and its service store, in one place.
public typealias BrokerStore = LoginStore & AccountStore & RecordStore

/// Remembers which one-time credentials were presented, and which redirects were answered, for all processes that share
/// it.
///
/// Its calls are not cancelled halfway, whatever the caller does, so an implementation must end each within its own
/// time limit: a store that hangs must fail.
public protocol OneTimeStore: Sendable {
    /// Reserves a credential, durably, before anything is sent.
    ///
    /// Of any number of racing callers, in any number of processes, exactly one gets `true`. An entry remains until
    /// ``LoginStore/purge(at:atMost:)`` removes it, whatever the caller's clock says.
    ///
    /// - Parameter now: The time by the caller's clock. An entry is kept until its expiry, both by the caller's clock
    ///   and by the highest time that the store has believed; see ``StoreTime/expiry(of:at:)``.
    /// - Returns: Whether this caller got it; `false` if it was presented before.
    /// - Throws: ``StoreFailure``; nothing may then be sent.
    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool
}

/// An append-only log of audit events: nothing is changed, and only age removes an event.
public protocol AuditLog: Sendable {
    /// Writes one event, durably.
    ///
    /// - Throws: ``StoreFailure``; the login then fails.
    func append(_ event: AuditEvent) async throws(StoreFailure)

    /// The newest events, at most this many, in the order written.
    ///
    /// - Throws: ``StoreFailure``.
    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent]
}

/// The store in which logins are concluded: the credential's fate and the audit event are stored together or not at
/// all.
public protocol LoginStore: OneTimeStore, AuditLog {
    /// Prepares for the first login: connects, and creates or updates tables.
    ///
    /// Calling it is optional, since the first login does the same. It lets operators learn of problems at once, and
    /// create the tables as their own user. By default it does nothing.
    ///
    /// - Throws: ``StoreFailure`` that says what to do.
    func prepare() async throws(StoreFailure)

    /// Writes the event, and settles the reservation, in one transaction.
    ///
    /// A reservation that is gone, or that another login now holds, is left unchanged.
    ///
    /// - Throws: ``StoreFailure``; the login then fails, whatever its outcome.
    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure)

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

    /// Removes old entries: expired reservations, expired records if the store keeps them, and audit events by the store's
    /// own rule. That rule keeps an event written by a clock that was behind as long as any other: it counts
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

extension LoginStore {
    /// Does nothing.
    public func prepare() async throws(StoreFailure) {}
}

/// Keeps accounts, one per identity, for all processes that share the store.
///
/// As with ``OneTimeStore``, a call is never cancelled halfway, and ends within the store's own time limit.
public protocol AccountStore: Sendable {
    /// Concludes a login that leads to an account, in one transaction: spends the credential, writes the event, finds
    /// or creates the account, updates its identity, and puts the sign-in's records, which then belong to the account.
    ///
    /// ``LinkingPolicy`` decides which account it is, on the identity as the store finds it in the transaction.
    ///
    /// If an identity has several first logins at once, in any number of processes, one creates the account and all get
    /// it. ``LinkedIdentity/firstLogin`` is the earliest time given, ``LinkedIdentity/lastLogin`` the latest, and
    /// everything else is as of the latest, in whatever order the calls arrive. One exception: a login more than a day
    /// before the last one counts as the latest, because the clock had been ahead.
    ///
    /// - Parameter reservation: The reservation to settle as spent, as ``LoginStore/conclude(_:as:recording:)`` does;
    ///   nil for a credential that is not one-time.
    /// - Returns: The identity's account.
    /// - Throws: ``StoreFailure``; the login then fails. If a record's id is taken, by the rules of
    ///   ``RecordOperation/put(_:)`` at the time of the login, nothing has happened.
    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID

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
