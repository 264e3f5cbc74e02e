package import Foundation
package import IdentityBroker

/// The transactions of a login, by the names of its steps.
extension BrokerStore {
    /// Reserves a credential, and tells whether this caller got it.
    package func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        switch try await commit([.reserve(reservation)], at: now) {
        case .done: true
        case .refused: false
        }
    }

    /// Writes an event.
    package func append(_ event: AuditEvent) async throws(StoreFailure) {
        try await perform([.append(event)], at: event.began)
    }

    /// Settles a reservation, and writes an event.
    package func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        try await perform([.settle(reservation, as: outcome), .append(event)], at: event.began)
    }

    /// Signs in, spends the reservation if there is one, and writes an event. Returns the account.
    package func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        let settlement = reservation.map { [StoreOperation.settle($0, as: .spent)] } ?? []
        let account = try await perform(settlement + [.signIn(signIn), .append(event)], at: signIn.time)
        guard let account else { throw StoreFailure("A sign-in led to no account.", mayHaveHappened: true) }
        return account
    }

    @discardableResult
    private func perform(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> AccountID? {
        switch try await commit(operations, at: now) {
        case .done(_, let account): return account
        case .refused(let refusal):
            throw StoreFailure(
                "Operation \(refusal.operation) of a login's commit was refused.", mayHaveHappened: false)
        }
    }
}
