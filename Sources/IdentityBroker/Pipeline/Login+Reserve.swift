import Foundation
extension Login {
    /// Step 4: a one-time credential is reserved, durably, before anything is sent.
    mutating func reserve(
        _ form: CredentialForm,
        with provider: ResolvedProvider,
        until deadline: Deadline
    ) async throws(BrokerError) {
        guard form.isOneTime else { return }
        // The time ran out before the store was called.
        guard !deadline.isOver else { throw .timedOut }
        let reservation = OneTimeReservation(
            key: OneTimeKey(issuer: provider.provider.issuer, credential: credential),
            login: id,
            // A clock that is ahead by no more than the tolerance is believed, and purges that much early.
            expiry: began.addingTimeInterval(broker.retention / .seconds(1) + StoreTime.tolerance)
        )
        let (store, now) = (broker.store, began)
        let isOurs: Bool
        do throws(StoreFailure) {
            isOurs = try await broker.storeAccess.call(.reserve, until: deadline) { () async throws(StoreFailure) in
                try await store.reserve(reservation, at: now)
            }
        } catch {
            fate = error.mayHaveHappened ? .unknown : .unused
            throw BrokerError(error)
        }
        guard isOurs else {
            fate = .spent
            throw BrokerError(
                .credentialAlreadyUsed,
                "This \(credential.kind.rawValue) was presented before. Begin a new login to get another."
            )
        }
        self.reservation = reservation
    }
}
