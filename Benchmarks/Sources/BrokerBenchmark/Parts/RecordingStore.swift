import IdentityBroker

import Foundation

/// A store that records what logins pass to it: real reservations and events, to be replayed on other stores.
actor RecordingStore: BrokerStore {
    private(set) var logins: [RecordedLogin] = []

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        if case .settle(let reservation, _)? = operations.first, case .append(let event)? = operations.last {
            logins.append(RecordedLogin(reservation: reservation, event: event))
        }
        return .done()
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? { nil }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        RecordPage([], of: count)
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? { nil }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        []
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] { [] }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date { now }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int { 0 }

    func close() async throws(StoreFailure) {}
}
