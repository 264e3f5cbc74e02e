import Foundation
import IdentityBroker

/// A sound store, with which flawed ones are compared and from which they are made.
struct NaiveStore: BrokerStore {
    let storage: NaiveStorage

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

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        guard Self.isWithinLimits(operations) else { throw StoreFailure("It is too much.", mayHaveHappened: false) }
        return try storage.change { $0.commit(operations, at: now) }
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

    private static func isWithinLimits(_ operations: [StoreOperation]) -> Bool {
        var (signIns, credentials, keys): (Int, [OneTimeKey], [RecordKey]) = (0, [], [])
        for operation in operations {
            switch operation {
            case .reserve(let reservation), .settle(let reservation, _): credentials.append(reservation.key)
            case .put(let record): keys.append(record.key)
            case .require(let key, _), .consume(let key, _), .delete(let key, _): keys.append(key)
            case .signIn(let signIn):
                signIns += 1
                keys += signIn.records.map(\.key)
                guard signIn.records.allSatisfy({ $0.version == 1 && $0.owners.count < 16 }) else { return false }
            case .deleteAll, .append: continue
            }
        }
        return signIns <= 1 && Set(credentials).count == credentials.count && Set(keys).count == keys.count
    }
}
