import BrokerTokens
import IdentityBroker

/// Whether the service can take requests: it is not being stopped, and its store answers.
///
/// The store is asked at most once a second, however many ask.
actor Readiness {
    enum Answer: String, Sendable {
        case ready
        case draining
        case storeUnavailable = "store_unavailable"
    }

    private let store: any BrokerStore
    private let gate: DrainGate
    private let clock: BrokerClock
    private var last: (answer: Answer, time: Duration)?

    init(store: any BrokerStore, gate: DrainGate, clock: BrokerClock) {
        self.store = store
        self.gate = gate
        self.clock = clock
    }

    func answer() async -> Answer {
        guard !gate.isLeaving else { return .draining }
        let now = clock.uptime()
        if let last, now - last.time < .seconds(1) { return last.answer }
        let answer: Answer
        do throws(StoreFailure) {
            // A store without a key ring cannot sign: it was emptied under us.
            answer = try await store.keyRing() == nil ? .storeUnavailable : .ready
        } catch {
            answer = .storeUnavailable
        }
        last = (answer, now)
        return answer
    }
}
