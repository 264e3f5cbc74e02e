extension Login {
    /// Step 3: the instance has room for one more, now or soon, and its circuit breaker lets the login pass.
    func admit(to provider: ResolvedProvider, until deadline: Deadline) async throws(BrokerError) -> Slot {
        let slot = try await provider.entry.admission.enter(
            from: caller, for: requester, until: deadline, by: broker.clock)
        do throws(BrokerError) {
            // A switch may have been thrown while the login waited; its credential can still be kept unused.
            if slot.hasWaited { try confirm(provider) }
            if requester?.isGone == true { throw .requesterGone }
        } catch {
            dismiss(slot, from: provider)
            throw error
        }
        return slot
    }

    /// Ends the login's admission, and reports what it showed about the upstream.
    func dismiss(_ slot: Slot, from provider: ResolvedProvider) {
        let change = provider.entry.admission.settle(slot, as: upstreamVerdict, at: broker.clock.uptime())
        slot.leave()
        guard let change else { return }
        broker.notices.report(change, of: providerID, after: upstreamFailure.map(settled))
    }
}
