import Foundation
import IdentityBroker

/// A sound store, less one thing.
struct FlawedStore: LoginStore {
    let sound: NaiveStore
    let flaw: StoreFlaw

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        try await flaw.reserve(sound, reservation, now)
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {
        try await flaw.append(sound, event)
    }

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        try await flaw.conclude(sound, reservation, outcome, event)
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await flaw.newestEvents(sound, count)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await flaw.purge(sound, now, count)
    }
}
