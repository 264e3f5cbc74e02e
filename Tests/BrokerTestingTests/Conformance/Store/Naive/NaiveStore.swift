import Foundation
import IdentityBroker

/// A sound store: what flawed ones are compared with, and made of.
struct NaiveStore: LoginStore {
    let storage: NaiveStorage

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        try storage.change { $0.reserve(reservation, at: now) }
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {
        try storage.change { $0.events.append(event) }
    }

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        try storage.change { ledger in
            ledger.settle(reservation, as: outcome)
            ledger.events.append(event)
        }
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try storage.change { $0.events.suffix(max(0, count)) }
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try storage.change { $0.purge(at: now, atMost: count) }
    }
}
