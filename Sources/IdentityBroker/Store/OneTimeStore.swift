public import Foundation

/// Remembers which one-time credentials were presented, for all processes that share it.
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
