import IdentityBroker

/// Checks, after a call that may have failed, whether the call told the truth about its effect.
struct Aftermath: Sendable {
    let store: any BrokerStore

    /// Checks a reservation of a credential that no one else requested.
    func check(reserve call: StoreCall<Bool>, of reservation: OneTimeReservation) async throws {
        switch call {
        case .returned(true):
            try await store.mustRefuse(reservation.byAnotherLogin, "for a credential that had been granted")
        case .returned(false):
            throw Observation("reserve returned false for a credential that no one had reserved")
        case .failed(let failure):
            let isFree = try await store.reserve(reservation.byAnotherLogin, at: .second(0))
            try require(
                isFree || failure.mayHaveHappened,
                "reserve failed and reported that nothing had happened, but it holds the credential")
        }
    }

    /// Checks an event.
    func check(append call: StoreCall<Void>, of event: AuditEvent) async throws {
        let count = try await store.eventCount(of: event.login)
        switch call {
        case .returned:
            try require(count == 1, "append returned, but the event was recorded \(count) times instead of once")
        case .failed(let failure):
            try require(
                count == 0 || failure.mayHaveHappened,
                "append failed and reported that nothing had happened, but it wrote the event")
            try require(count <= 1, "append failed, and the event was recorded \(count) times")
        }
    }

    /// Checks a verdict on a credential that the login holds.
    func check(
        conclude call: StoreCall<Void>,
        of reservation: OneTimeReservation,
        as outcome: OneTimeOutcome
    ) async throws {
        let count = try await store.eventCount(of: reservation.login)
        let isSettled = try await isSettled(reservation, as: outcome)
        let seen =
            "conclude recorded the event \(count) times and left the credential \(isSettled ? "" : "not ")\(outcome)"
        switch call {
        case .returned:
            try require(count == 1 && isSettled, "\(seen), but returned")
        case .failed(let failure):
            try require(
                (count == 0 && !isSettled) || failure.mayHaveHappened,
                "\(seen), but failed and reported that nothing had happened")
            try require(count == (isSettled ? 1 : 0), "\(seen); both or neither must happen")
        }
    }

    /// A spent credential shows in its login's release, which no longer has an effect.
    private func isSettled(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) async throws -> Bool {
        if outcome == .spent {
            try await store.conclude(reservation, as: .released, recording: .sample())
        }
        let isFree = try await store.reserve(reservation.byAnotherLogin, at: .second(0))
        return isFree == (outcome == .released)
    }
}
