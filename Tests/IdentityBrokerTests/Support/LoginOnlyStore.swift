import Foundation
import IdentityBroker

/// A store that keeps no accounts.
struct LoginOnlyStore: LoginStore {
    let memory = MemoryStore()

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        try await memory.reserve(reservation, at: now)
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {
        try await memory.append(event)
    }

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        try await memory.conclude(reservation, as: outcome, recording: event)
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await memory.newestEvents(count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await memory.believedTime(at: now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await memory.purge(at: now, atMost: count)
    }

    func close() async throws(StoreFailure) {
        try await memory.close()
    }
}
