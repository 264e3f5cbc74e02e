public import Foundation

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
    /// store accepts writes, and keeps the store's time current without logins.
    ///
    /// - Parameter now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``; nothing may then be forgotten.
    func believedTime(at now: Date) async throws(StoreFailure) -> Date

    /// Removes old entries: expired reservations, expired grants and records if the store keeps them, and audit events by
    /// the store's own rule. That rule keeps an event written by a clock that was behind as long as any other: it counts
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
