import IdentityBroker
import Logging

/// The shared context of a pool's connections.
struct PoolContext: Sendable {
    let target: ConnectionTarget
    let connectTimeout: Duration
    let transaction: Transaction
    let migrator: Migrator
    let statements: StoreStatements
    let state: Locked<PoolState>
    let gauges: StoreGauges
    let logger: Logger

    /// The failure to report to an operation's caller.
    func failure(_ failure: PostgresFailure, mayHaveHappened: Bool? = nil) -> StoreFailure {
        StoreFailure(
            "The PostgreSQL store \(target.description) failed: \(failure.explanation)",
            mayHaveHappened: mayHaveHappened ?? failure.mayHaveHappened,
            reason: failure.kind
        )
    }

    /// The failure to report to the caller of an operation that is not performed.
    func failure(_ refusal: PoolState.Refusal) -> StoreFailure {
        let (explanation, reason): (String, StoreFailure.Reason) =
            switch refusal {
            case .full: ("has more to do than it can; the server is too slow", .overloaded)
            case .closed: ("is closed", .closed)
            case .abandoned: ("did not get to it in time", .late)
            case .unreachable(let reason, .unreachable): ("cannot be reached: \(reason)", .unreachable)
            case .unreachable(let reason, let kind): ("cannot be used: \(reason)", kind)
            }
        return StoreFailure(
            "The PostgreSQL store \(target.description) \(explanation).", mayHaveHappened: false, reason: reason)
    }

    /// Changes the state, and updates the metrics.
    func updating<Result>(_ change: (inout PoolState) -> Result) -> Result {
        let (result, summary) = state.withLock { (change(&$0), $0.summary) }
        gauges.report(pending: summary.waiting)
        gauges.report(idle: summary.idle, used: summary.used)
        return result
    }
}
