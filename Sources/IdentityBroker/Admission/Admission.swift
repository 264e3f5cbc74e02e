import Metrics
import Synchronization

/// Admission to one provider instance: who enters now, who waits, and who is turned away.
///
/// The rules are values that know no lock, clock or task; this type connects them to all three.
final class Admission: Sendable {
    typealias Entrant = AdmissionState.Entrant

    private let state: Locked<AdmissionState>
    private let gauges: AdmissionGauges

    init(_ id: ProviderID, _ limits: ProviderLimits, at now: Duration) {
        gauges = AdmissionGauges(id)
        state = Locked(AdmissionState(limits, at: now))
    }

    /// Admits one login, at once or when there is room. The caller must settle it and leave the slot.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/upstreamUnavailable`` (the breaker is open),
    ///   ``BrokerError/Kind/rateLimited``, ``BrokerError/Kind/unavailable`` (no room to wait),
    ///   ``BrokerError/Kind/timedOut`` or ``BrokerError/Kind/cancelled`` (while it waited).
    func enter(
        from caller: CallerKey?,
        for requester: (any LoginRequester)? = nil,
        as entrant: Entrant = .login,
        until deadline: Deadline,
        by clock: BrokerClock
    ) async throws(BrokerError) -> Slot {
        let number = try state.withLock { state throws(BrokerError) in
            try state.enter(from: caller, as: entrant, at: clock.uptime())
        }
        if let number { try await waitInLine(number, for: requester, until: deadline) }
        // The breaker may have opened while the login waited.
        let answer = state.withLock { $0.askBreaker(as: entrant, at: clock.uptime()) }
        report()
        switch answer {
        case .refused(let wait):
            leave()
            throw .breakerOpen(wait)
        case .permitted(let permit):
            return Slot(hasWaited: number != nil, permit: permit) { [self] in leave() }
        case nil:
            return Slot(hasWaited: number != nil, permit: nil) { [self] in leave() }
        }
    }

    /// Reports to the breaker what the login in this slot shows about the upstream.
    ///
    /// - Returns: The resulting state change, if any.
    func settle(_ slot: Slot, as verdict: CircuitBreaker.Verdict, at now: Duration) -> CircuitBreaker.Change? {
        guard let permit = slot.permit else { return nil }
        return state.withLock { $0.settle(permit, as: verdict, at: now) }
    }

    /// Adopts new limits. Logins under way count against them, and what was spent of an unchanged rate stays spent.
    func adopt(_ limits: ProviderLimits, at now: Duration) {
        state.withLock { $0.adopt(limits, at: now) }.forEach { $0.resume() }
        report()
    }

    private func waitInLine(
        _ number: AdmissionState.Number,
        for requester: (any LoginRequester)?,
        until deadline: Deadline
    ) async throws(BrokerError) {
        report()
        requester?.loginWillWait()
        requester?.onGone { self.wake(number) }
        let wait = await Race.run(until: deadline) { await self.sleep(until: number, for: requester) }
        requester?.onGone(nil)
        requester?.loginDidWait()
        let reason: BrokerError
        switch wait {
        case .success where requester?.isGone == true: reason = .requesterGone
        case .success: return
        case .failure(let failure): reason = failure is Race.DeadlinePassed ? .noRoomInTime : .cancelled
        }
        if state.withLock({ $0.abandon(number) }) { report() } else { leave() }
        throw reason
    }

    /// Sleeps until the login is admitted, its task is cancelled or its requester is gone.
    private func sleep(until number: AdmissionState.Number, for requester: (any LoginRequester)?) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAsleep = state.withLock { state in
                    !Task.isCancelled && requester?.isGone != true && state.sleep(number, continuation)
                }
                if !isAsleep { continuation.resume() }
            }
        } onCancel: {
            wake(number)
        }
    }

    /// Wakes a login without admitting it.
    private func wake(_ number: AdmissionState.Number) {
        state.withLock { $0.wake(number) }?.resume()
    }

    private func leave() {
        state.withLock { $0.leave() }?.resume()
        report()
    }

    var summary: AdmissionState.Summary { state.withLock { $0.summary } }

    private func report() {
        gauges.report(summary)
    }
}

/// One login's place at an instance. It is free again once all holders have left: the login, and the provider's task,
/// which may run past a deadline that it ignores.
final class Slot: Sendable {
    /// Whether the login waited for its place.
    let hasWaited: Bool
    /// The breaker's permission to contact the upstream; nil if there is no breaker.
    let permit: CircuitBreaker.Permit?
    private let holders = Atomic(1)
    private let free: @Sendable () -> Void

    init(hasWaited: Bool, permit: CircuitBreaker.Permit?, free: @escaping @Sendable () -> Void) {
        self.hasWaited = hasWaited
        self.permit = permit
        self.free = free
    }

    /// Adds a holder.
    func hold() {
        holders.add(1, ordering: .relaxed)
    }

    /// Removes a holder.
    func leave() {
        if holders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { free() }
    }
}

/// Who requested a login, as far as the login is concerned.
///
/// A waiting login uses no capacity of the process, so it does not count as work in progress. Once the requester is
/// gone, no one receives the outcome, so the login gives up what it has not begun.
package protocol LoginRequester: Sendable {
    /// The login begins to wait for its turn or its upstream; or this, or any other request, for an unresponsive store.
    func loginWillWait()

    /// The wait has ended.
    func loginDidWait()

    /// Whether no one waits for the outcome anymore.
    var isGone: Bool { get }

    /// Sets what to do once the requester is gone; nil for nothing. There is one action at a time, and none after that
    /// moment.
    func onGone(_ action: (@Sendable () -> Void)?)
}

/// The admission state of one instance as metrics: `broker_logins_under_way`, `broker_logins_waiting`, and
/// `broker_breaker_state`, which is 0 for closed, 1 for half-open and 2 for open.
struct AdmissionGauges: Sendable {
    private let id: ProviderID

    init(_ id: ProviderID) {
        self.id = id
    }

    func report(_ summary: AdmissionState.Summary) {
        let (factory, dimensions) = (MetricsSystem.factory, [("provider", id.rawValue)])
        func record(_ value: Int, as label: String) {
            Gauge(label: label, dimensions: dimensions, factory: factory).record(value)
        }
        record(summary.underWay, as: "broker_logins_under_way")
        record(summary.waiting, as: "broker_logins_waiting")
        switch summary.breaker {
        // Without a breaker, or after its removal, every login passes.
        case nil, .closed: record(0, as: "broker_breaker_state")
        case .halfOpen: record(1, as: "broker_breaker_state")
        case .open: record(2, as: "broker_breaker_state")
        }
    }
}
