#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The store that logins are concluded in: what became of the credential and the audit event land together or not at all.
public protocol LoginStore: OneTimeStore, AuditLog {
    /// Gets ready for the first login: connects, makes or updates its tables.
    ///
    /// Nobody has to call it, since the first login does. It is for operators, who then hear at once of what is wrong, and
    /// as whom the tables are made. By default it does nothing.
    ///
    /// - Throws: ``StoreFailure`` that says what is to be done.
    func prepare() async throws(StoreFailure)

    /// Writes the event, and settles the reservation, in one transaction.
    ///
    /// A reservation that another login holds by now, or nobody, is left alone.
    ///
    /// - Throws: ``StoreFailure``; the login then fails, whatever came of it.
    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure)

    /// The time by which the store may forget, after a look at the caller's clock: the value to call ``purge(at:atMost:)`` with.
    ///
    /// The store keeps one ``StoreTime`` for all processes that share it, and here lets it observe `now`. It writes every time,
    /// in one step that no other process gets in between of, also where nothing changes: a service proves by it that its store
    /// takes writes, and keeps the store's time up to date where nobody logs in.
    ///
    /// - Parameter now: The time by the caller's clock.
    /// - Throws: ``StoreFailure``; nothing may then be forgotten.
    func believedTime(at now: Date) async throws(StoreFailure) -> Date

    /// Forgets what is too old to be kept: reservations that have expired, grants too where the store keeps them, and audit
    /// events by the store's own rule, which keeps one that was written by a clock behind as long as any other: from
    /// ``StoreTime/highest`` on, as it was when the event was written.
    ///
    /// The broker calls it now and then. It is bounded, so that no login waits long for it. Where its task is cancelled, it
    /// stops after the transaction that it is in.
    ///
    /// - Parameters:
    ///   - now: The store's time, as ``believedTime(at:)`` gave it. A process whose own clock is wrong would forget what is
    ///     needed.
    ///   - count: How many entries are forgotten at most, the oldest first.
    /// - Returns: How many were. As many as `count` means that there may be more.
    /// - Throws: ``StoreFailure``; no login fails of it.
    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int

    /// Completes what was asked before, then ends the store's threads and closes its connections and files. Whatever is asked
    /// later fails.
    ///
    /// Call it before the process exits: a library that exits beneath a store that is still at work may crash the process. It
    /// waits for the calls under way, each of which ends within the store's own bound. A second call does nothing. A store that
    /// wraps another closes that one. A store in memory has nothing to close.
    ///
    /// - Throws: ``StoreFailure`` if a connection or file cannot be closed. No answer that was given is lost.
    func close() async throws(StoreFailure)
}

extension LoginStore {
    /// Does nothing.
    public func prepare() async throws(StoreFailure) {}
}
