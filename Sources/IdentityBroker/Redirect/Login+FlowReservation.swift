extension Login {
    /// Part of step 4: the flow is reserved for the first code that answers it, so that no other completes it.
    ///
    /// The code's key comes first, in a transaction of its own, and lets one login at a time go on with it. The state's key
    /// is never released. If it is taken, the flow is this code's only if there is a third key, which ``bindFlow()`` stores
    /// before it lets the code be presented again.
    mutating func reserve(_ flow: RedirectFlow, until deadline: Deadline) async throws(BrokerError) {
        let isOfAnotherCode: Bool
        do throws(StoreFailure) {
            if try await store(reservation(of: OneTimeKey(stateOf: flow)), until: deadline) {
                isFirstAnswer = true
                return
            }
            isOfAnotherCode = try await store(binding(of: flow), until: deadline)
        } catch {
            fateIfUnsent = error.mayHaveHappened ? .unknown : .unused
            throw BrokerError(error)
        }
        guard isOfAnotherCode else { return }
        // The third key exists from now on, so this code must never be presented again.
        fateIfUnsent = .spent
        throw BrokerError(
            .credentialAlreadyUsed, "The redirect was answered before, with another code. Begin a new login.")
    }

    /// Part of step 8: before a code is released, of which nothing has left, its flow is bound to it.
    mutating func bindFlow() async {
        guard fate == .unused, isFirstAnswer, let flow = credential.flow else { return }
        do throws(StoreFailure) {
            _ = try await store(binding(of: flow), until: deadline, isVerdict: true)
        } catch {
            // A code that may be presented again must find its flow, so this one is kept.
            fate = .unknown
        }
    }

    private func binding(of flow: RedirectFlow) -> OneTimeReservation {
        reservation(of: OneTimeKey(binding: flow, to: credential.value))
    }
}
