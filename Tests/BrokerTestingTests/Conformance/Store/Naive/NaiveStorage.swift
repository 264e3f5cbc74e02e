import IdentityBroker
import LoopbackServer

/// A ledger that outlives the stores opened on it, and what is wrong with it.
final class NaiveStorage: Sendable {
    enum Fault: String, Sendable, CaseIterable {
        case refusesEverything = "the storage refuses everything"
        case losesAnswers = "the storage loses its answers"
    }

    struct State: Sendable {
        var ledger = NaiveLedger()
        var fault: Fault?
        /// How many stores were opened on it.
        var openings = 0
    }

    let state = Locked(State())
    private let visits = Monitor<[String: Int]>([:])

    /// Changes the ledger, as far as the fault lets it.
    func change<Result>(_ body: (inout NaiveLedger) -> Result) throws(StoreFailure) -> Result {
        try state.withLock { state throws(StoreFailure) in
            if state.fault == .refusesEverything { throw StoreFailure("Refused.", mayHaveHappened: false) }
            let result = body(&state.ledger)
            if state.fault == .losesAnswers { throw StoreFailure("The answer was lost.", mayHaveHappened: true) }
            return result
        }
    }

    /// Changes the ledger whatever is wrong with it: for flaws that do more than they say.
    func force<Result>(_ body: (inout NaiveLedger) -> Result) -> Result {
        state.withLock { body(&$0.ledger) }
    }

    /// Holds the first who comes here until there is a second: for flaws that show only where two meet.
    func meet(at place: String) async {
        visits.withState { $0[place, default: 0] += 1 }
        // It throws only if the caller is cancelled, who then has to meet nobody.
        try? await visits.wait { $0[place, default: 0] > 1 ? () : nil }
    }

    var fault: Fault? { state.withLock { $0.fault } }
}
