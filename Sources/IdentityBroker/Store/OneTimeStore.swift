#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Remembers which one-time credentials were presented, for all processes that share it.
///
/// Its calls are not cancelled half-way, whatever becomes of the caller, so an implementation has to end each of them
/// within a bound of its own: a store that hangs must fail.
public protocol OneTimeStore: Sendable {
    /// Reserves a credential, durably, before anything is sent.
    ///
    /// Of any number of racing callers, in any number of processes, exactly one gets `true`. An entry stands until
    /// ``LoginStore/purge(at:atMost:)`` forgets it, whatever the caller's clock says.
    ///
    /// - Parameter now: The time by the caller's clock. An entry is kept as long as its expiry is later, by the caller's clock
    ///   and by the highest time that the store has believed; see ``StoreTime/expiry(of:at:)``.
    /// - Returns: Whether this caller got it; `false` where it was presented before.
    /// - Throws: ``StoreFailure``; nothing may then be sent.
    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool
}
