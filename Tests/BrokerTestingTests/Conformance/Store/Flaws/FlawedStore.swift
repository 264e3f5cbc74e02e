import Foundation
import IdentityBroker

/// A sound store with one flaw.
struct FlawedStore: BrokerStore {
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

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await flaw.believedTime(sound, now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await flaw.purge(sound, now, count)
    }

    func close() async throws(StoreFailure) {
        try await flaw.close(sound)
    }

    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        try await flaw.signIn(sound, signIn, reservation, event)
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await flaw.account(sound, id)
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await flaw.accounts(sound, kind, value, count)
    }

    func commit(_ operations: [RecordOperation], at now: Date) async throws(StoreFailure) -> RecordCommit {
        try await flaw.commit(sound, operations, now)
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try await flaw.record(sound, key, now)
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try await flaw.records(sound, RecordRequest(selection: selection, after: after, count: count, now: now))
    }
}
