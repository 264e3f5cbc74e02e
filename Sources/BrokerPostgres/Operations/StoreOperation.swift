import IdentityBroker

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a caller wants done, and how the caller learns of it.
struct StoreOperation: Sendable {
    typealias Answer<Value> = @Sendable (Result<Value, StoreFailure>) -> Void

    enum Work: Sendable {
        /// Answered with whether the reservation is the caller's.
        case reserve(OneTimeReservation, at: Date, Answer<Bool>)
        case record(StoredEvent, Settlement?, Answer<Void>)
        /// Answered with the account.
        case signIn(StoredSignIn, StoredEvent, Settlement?, Answer<AccountID>)
        /// A transaction of one statement, which shares it with nobody.
        case run(Statement, Answer<ResultRows>)
    }

    /// A reservation and what becomes of it.
    struct Settlement: Sendable {
        let reservation: OneTimeReservation
        let outcome: OneTimeOutcome
    }

    let work: Work
    /// Since when it waits.
    let submitted: ContinuousClock.Instant
    /// The caller's call; nil for one that has all the time it takes.
    var call: StoreCall?

    /// Says that its turn has come.
    ///
    /// - Returns: Whether somebody waits for it still.
    func begin() -> Bool { call?.begin() ?? true }

    func fail(_ failure: StoreFailure) {
        switch work {
        case .reserve(_, _, let answer): answer(.failure(failure))
        case .record(_, _, let answer): answer(.failure(failure))
        case .signIn(_, _, _, let answer): answer(.failure(failure))
        case .run(_, let answer): answer(.failure(failure))
        }
    }
}
