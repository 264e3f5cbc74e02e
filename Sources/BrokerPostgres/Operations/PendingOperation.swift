import IdentityBroker

import Foundation

/// A caller's work, and how to notify the caller.
struct PendingOperation: Sendable {
    typealias Answer<Value> = @Sendable (Result<Value, StoreFailure>) -> Void

    enum Work: Sendable {
        /// Answered with whether the caller gets the reservation.
        case reserve(OneTimeReservation, at: Date, Answer<Bool>)
        /// The end of a login.
        case conclude(Conclusion, Answer<CommitResult>)
        /// A commit that shares its transaction with no other.
        case commit(StoredCommit, Answer<CommitResult>)
        /// A transaction of a single statement, shared with no other.
        case run(Statement, Answer<ResultRows>)
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
        case .conclude(_, let answer): answer(.failure(failure))
        case .commit(_, let answer): answer(.failure(failure))
        case .run(_, let answer): answer(.failure(failure))
        }
    }
}
