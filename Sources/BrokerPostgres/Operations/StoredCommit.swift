import IdentityBroker

/// A commit that has a transaction to itself, with its values as they are sent to the server.
struct StoredCommit: Sendable {
    let plan: CommitPlan
    let events: [StoredEvent]
    let signIn: StoredSignIn?
    let settlements: [PendingOperation.Settlement]
    let reservations: [ReservationRequest]

    /// - Throws: ``StoreFailure`` if a value exceeds its size limit.
    init(_ plan: CommitPlan) throws(StoreFailure) {
        self.plan = plan
        events = try plan.events.map { event throws(StoreFailure) in try StoredEvent(event) }
        signIn =
            plan.operations.indices.lazy.compactMap { place in
                guard case .signIn(let signIn) = plan.operations[place] else { return nil }
                return StoredSignIn(signIn, place: place, now: plan.now)
            }.first
        settlements = plan.operations.compactMap { operation in
            guard case .settle(let reservation, let outcome) = operation else { return nil }
            return PendingOperation.Settlement(reservation: reservation, outcome: outcome)
        }
        reservations = plan.reservations.map { ReservationRequest(reservation: $0, now: plan.now) }
    }

    /// Whether it is about records and events alone. Then the server decides and writes in one round trip.
    var isOfRecordsAlone: Bool { signIn == nil && settlements.isEmpty && reservations.isEmpty }

    /// The first operation whose credential was presented before; nil if there is none.
    ///
    /// - Parameter granted: The credentials that the server reserved.
    func refusal(granting granted: Set<OneTimeKey>) -> CommitRefusal? {
        let place = plan.operations.firstIndex { operation in
            guard case .reserve(let reservation) = operation else { return false }
            return !granted.contains(reservation.key)
        }
        return place.map { CommitRefusal(operation: $0) }
    }
}
