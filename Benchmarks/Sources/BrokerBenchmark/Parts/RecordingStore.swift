import IdentityBroker

import Foundation

/// A store that records what logins pass to it: real reservations and events, to be replayed on other stores.
actor RecordingStore: LoginStore {
    private(set) var logins: [RecordedLogin] = []

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        true
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {}

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        logins.append(RecordedLogin(reservation: reservation, event: event))
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] { [] }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date { now }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int { 0 }

    func close() async throws(StoreFailure) {}
}
