import Foundation
import IdentityBroker

extension BrokerStore {
    /// Reserves, and ends the check if the store refuses.
    func mustGrant(
        _ reservation: OneTimeReservation,
        at now: Date = .second(0),
        _ circumstance: String
    ) async throws {
        let granted = try await reserve(reservation, at: now)
        try require(granted, "reserve returned false \(circumstance)")
    }

    /// Tries to reserve, and ends the check if the store grants it.
    func mustRefuse(
        _ reservation: OneTimeReservation,
        at now: Date = .second(0),
        _ circumstance: String
    ) async throws {
        let granted = try await reserve(reservation, at: now)
        try require(!granted, "reserve returned true \(circumstance)")
    }

    /// Concludes with an event of no interest.
    func settle(_ reservation: OneTimeReservation, as outcome: OneTimeOutcome) async throws(StoreFailure) {
        try await conclude(reservation, as: outcome, recording: .sample(login: reservation.login))
    }

    /// Ends the check unless the store contains exactly these events, in this order.
    func mustHold(_ written: [AuditEvent], resolution: Duration) async throws {
        let read = try await newestEvents(written.count + 1)
        try require(read.count == written.count, "\(written.count) events were written, but \(read.count) came back")
        for (number, pair) in zip(written, read).enumerated() {
            if let difference = pair.0.difference(from: pair.1, resolution: resolution) {
                throw Observation("in event \(number + 1) of \(written.count), \(difference)")
            }
        }
    }

    /// How many events of this login the store contains.
    func eventCount(of login: UUID) async throws -> Int {
        try await newestEvents(100).count { $0.login == login }
    }
}
