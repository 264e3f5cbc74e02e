import IdentityBroker
import LoopbackServer

/// A ledger that outlives the stores opened on it, and its fault.
final class NaiveStorage: Sendable {
    enum Fault: String, Sendable, CaseIterable {
        case refusesEverything = "the storage refuses everything"
        case losesAnswers = "the storage loses its answers"
    }

    struct State: Sendable {
        var ledger = NaiveLedger()
        var fault: Fault?
        /// The number of stores that were opened on it.
        var openings = 0
    }

    let state = Locked(State())
    private let visits = Monitor<[String: Int]>([:])

    /// Changes the ledger, as far as the fault permits.
    func change<Result>(_ body: (inout NaiveLedger) -> Result) throws(StoreFailure) -> Result {
        try state.withLock { state throws(StoreFailure) in
            if state.fault == .refusesEverything { throw StoreFailure("Refused.", mayHaveHappened: false) }
            let result = body(&state.ledger)
            if state.fault == .losesAnswers { throw StoreFailure("The answer was lost.", mayHaveHappened: true) }
            return result
        }
    }

    /// Changes the ledger despite any fault: for flaws that do more than they report.
    func force<Result>(_ body: (inout NaiveLedger) -> Result) -> Result {
        state.withLock { body(&$0.ledger) }
    }

    /// Holds the first caller here until there is a second: for flaws that only show when two callers meet.
    func meet(at place: String) async {
        visits.withState { $0[place, default: 0] += 1 }
        // It throws only if the caller is cancelled, and then there is no one to meet.
        try? await visits.wait { $0[place, default: 0] > 1 ? () : nil }
    }

    /// Lets those go on who wait for this.
    func tell(_ event: String) {
        visits.withState { $0[event, default: 0] += 1 }
    }

    /// Waits until somebody has told of this.
    func wait(for event: String) async {
        try? await visits.wait { $0[event] != nil ? () : nil }
    }

    var fault: Fault? { state.withLock { $0.fault } }
}
