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
