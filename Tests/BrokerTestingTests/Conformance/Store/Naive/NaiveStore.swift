import Foundation
import IdentityBroker

/// A sound store, with which flawed ones are compared and from which they are made.
struct NaiveStore: BrokerStore {
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

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try storage.change { $0.believedTime(at: now) }
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try storage.change { $0.purge(at: now, atMost: count) }
    }

    func close() async throws(StoreFailure) {}

    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        let account = try storage.change { ledger -> AccountID? in
            guard ledger.hasRoom(for: signIn) else { return nil }
            if let reservation { ledger.settle(reservation, as: .spent) }
            ledger.events.append(event)
            return ledger.signIn(signIn)
        }
        guard let account else { throw StoreFailure("A record cannot be put.", mayHaveHappened: false) }
        return account
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try storage.change { $0.account(id) }
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try storage.change { $0.accounts(with: kind, value, atMost: count) }
    }

    func commit(_ operations: [RecordOperation], at now: Date) async throws(StoreFailure) -> RecordCommit {
        try storage.change { $0.commit(operations, at: now) }
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try storage.change { $0.record(key, at: now) }
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try storage.change { $0.records(selection, after: after, atMost: count, at: now) }
    }
}
