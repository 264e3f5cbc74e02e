import IdentityBroker
import Logging

/// What the connections of a pool share.
struct PoolContext: Sendable {
    let target: ConnectionTarget
    let connectTimeout: Duration
    let transaction: Transaction
    let migrator: Migrator
    let statements: StoreStatements
    let state: Locked<PoolState>
    let logger: Logger

    /// What the caller of an operation is told.
    func failure(_ failure: PostgresFailure, mayHaveHappened: Bool? = nil) -> StoreFailure {
        StoreFailure(
            "The PostgreSQL store \(target.description) failed: \(failure.reason).",
            mayHaveHappened: mayHaveHappened ?? failure.mayHaveHappened
        )
    }

    /// What the caller of an operation is told that nobody does.
    func failure(_ refusal: PoolState.Refusal) -> StoreFailure {
        let reason =
            switch refusal {
            case .full: "has more to do than it can; the server is too slow"
            case .closed: "is closed"
            case .unreachable(let reason): "cannot be reached: \(reason)"
            }
        return StoreFailure("The PostgreSQL store \(target.description) \(reason).", mayHaveHappened: false)
    }
}
