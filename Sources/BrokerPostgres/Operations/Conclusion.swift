import IdentityBroker

/// The end of a login, which can share a transaction with others: an event, the reservation that it settles, and the sign-in
/// that it leads to.
struct Conclusion: Sendable {
    let event: StoredEvent
    let settlement: PendingOperation.Settlement?
    let signIn: StoredSignIn?

    init(_ event: StoredEvent, _ settlement: PendingOperation.Settlement? = nil, _ signIn: StoredSignIn? = nil) {
        self.event = event
        self.settlement = settlement
        self.signIn = signIn
    }

    /// Reads a commit; nil if it is not such an end.
    ///
    /// - Throws: ``StoreFailure`` if a value exceeds its size limit.
    init?(_ plan: CommitPlan) throws(StoreFailure) {
        var (event, settlement, signIn): (AuditEvent?, PendingOperation.Settlement?, StoredSignIn?)
        for (place, operation) in plan.operations.enumerated() {
            switch operation {
            case .append(let appended) where event == nil: event = appended
            case .settle(let reservation, let outcome) where settlement == nil:
                settlement = PendingOperation.Settlement(reservation: reservation, outcome: outcome)
            case .signIn(let asked): signIn = StoredSignIn(asked, place: place, now: plan.now)
            default: return nil
            }
        }
        guard let event else { return nil }
        self.init(try StoredEvent(event), settlement, signIn)
    }
}
