import IdentityBroker

import Foundation

/// A caller's work, and how to notify the caller.
struct StoreOperation: Sendable {
    typealias Answer<Value> = @Sendable (Result<Value, StoreFailure>) -> Void

    enum Work: Sendable {
        /// Answered with whether the caller gets the reservation.
        case reserve(OneTimeReservation, at: Date, Answer<Bool>)
        case record(StoredEvent, Settlement?, Answer<Void>)
        /// Answered with the account.
        case signIn(StoredSignIn, StoredEvent, Settlement?, Answer<AccountID>)
        /// A transaction of a single statement, shared with no other.
        case run(Statement, Answer<ResultRows>)
        /// A transaction of several, answered with what each gave.
        case transact([Statement], Answer<[ResultRows]>)
    }

    /// A reservation and its outcome.
    struct Settlement: Sendable {
        let reservation: OneTimeReservation
        let outcome: OneTimeOutcome
    }

    let work: Work
    /// When it began to wait.
    let submitted: ContinuousClock.Instant
    /// The caller's call; nil for one without a time limit.
    var call: StoreCall?

    /// Reports that its turn has come.
    ///
    /// - Returns: Whether anyone still waits for it.
    func begin() -> Bool { call?.begin() ?? true }

    func fail(_ failure: StoreFailure) {
        switch work {
        case .reserve(_, _, let answer): answer(.failure(failure))
        case .record(_, _, let answer): answer(.failure(failure))
        case .signIn(_, _, _, let answer): answer(.failure(failure))
        case .run(_, let answer): answer(.failure(failure))
        case .transact(_, let answer): answer(.failure(failure))
        }
    }
}
