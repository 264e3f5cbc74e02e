/// The admission of a login that begins, from its first request to the upstream on: while it has asked for nothing, it
/// takes no place.
///
/// It respects concurrency and circuit breaker like the exchange that ends the login. It takes nothing of the rate,
/// since the exchange does, and never probes whether the upstream has recovered: a working endpoint for pushed requests
/// does not show that exchanges work.
final class RedirectAdmission: Sendable {
    private struct State: Sendable {
        var slot: Slot?
        /// Whether enough of the deadline was left for the upstream to blame it for what was late.
        var hadTime = false
        var isOver = false
    }

    private let admission: Admission
    private let timeout: Duration
    private let deadline: Deadline
    private let clock: BrokerClock
    private let state = Locked(State())

    init(to provider: ResolvedProvider, until deadline: Deadline, by clock: BrokerClock) {
        admission = provider.entry.admission
        timeout = provider.instance.limits.timeout
        self.deadline = deadline
        self.clock = clock
    }

    /// Waits for a place, unless the login has one.
    ///
    /// - Returns: Whether it had to wait.
    /// - Throws: ``BrokerError`` as ``Admission/enter(from:for:as:until:by:)`` does.
    func enter() async throws(BrokerError) -> Bool {
        guard state.withLock({ $0.slot == nil }) else { return false }
        let slot = try await admission.enter(from: nil, as: .preparation, until: deadline, by: clock)
        let isNeeded = state.withLock { state in
            guard state.slot == nil, !state.isOver else { return false }
            state.slot = slot
            state.hadTime = deadline.remaining >= timeout / 2
            return true
        }
        if !isNeeded { slot.leave() }
        return slot.hasWaited
    }

    /// Reports the outcome to the circuit breaker.
    ///
    /// - Returns: What it changed, if anything.
    func settle<Value>(_ outcome: Result<Value, BrokerError>) -> CircuitBreaker.Change? {
        let (slot, hadTime) = state.withLock { ($0.slot, $0.hadTime) }
        guard let slot, CircuitBreaker.Verdict(of: outcome, hadTime: hadTime) == .failing else { return nil }
        return admission.settle(slot, as: .failing, at: clock.uptime())
    }

    /// Gives the place back once the provider's task has ended.
    func leave() {
        let slot = state.withLock { state in
            state.isOver = true
            return state.slot
        }
        slot?.leave()
    }
}
