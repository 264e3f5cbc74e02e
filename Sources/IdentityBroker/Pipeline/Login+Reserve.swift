import Foundation

extension Login {
    /// Step 4: a one-time credential is reserved, durably, before anything is sent; one that proves itself and is sent
    /// nowhere, after step 6. The code of a redirect is one whatever the form says (RFC 6749 §4.1.2), and its flow is
    /// reserved as well.
    mutating func reserve(
        _ form: CredentialForm,
        with provider: ResolvedProvider,
        until deadline: Deadline
    ) async throws(BrokerError) {
        guard form.isOneTime || credential.flow != nil else { return }
        // The time ran out before the store was called.
        guard !deadline.isOver else { throw .timedOut }
        let reservation = reservation(of: OneTimeKey(issuer: provider.provider.issuer, credential: credential))
        let isOurs: Bool
        do throws(StoreFailure) {
            isOurs = try await store(reservation, until: deadline)
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
        if let flow = credential.flow { try await reserve(flow, until: deadline) }
    }

    func reservation(of key: OneTimeKey) -> OneTimeReservation {
        // A clock that is ahead by no more than the tolerance is believed, and purges that much early.
        let expiry = began.addingTimeInterval(broker.retention / .seconds(1) + StoreTime.tolerance)
        return OneTimeReservation(key: key, login: id, expiry: expiry)
    }

    /// Stores a reservation.
    ///
    /// - Returns: Whether it is this login's.
    func store(
        _ reservation: OneTimeReservation,
        until deadline: Deadline?,
        isVerdict: Bool = false
    ) async throws(StoreFailure) -> Bool {
        let (store, now) = (broker.store, began)
        return try await broker.storeAccess.call(.reserve, until: deadline, isVerdict: isVerdict) {
            () async throws(StoreFailure) in
            if case .done = try await store.commit([.reserve(reservation)], at: now) { true } else { false }
        }
    }
}
