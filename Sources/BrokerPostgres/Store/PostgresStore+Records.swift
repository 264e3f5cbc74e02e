public import IdentityBroker

public import Foundation

extension PostgresStore {
    /// The record of this key; see ``BrokerStore/record(_:at:)``.
    public func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        guard let row = try await table(of: statements.record(key, at: now)).first else { return nil }
        return try statements.record(of: row)
    }

    /// Reads some of the records; see ``BrokerStore/records(_:after:atMost:at:)``.
    public func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        let count = RecordPage.count(count)
        let rows = try await table(of: statements.records(selection, after: after, atMost: count, at: now))
        return RecordPage(try rows.map { row throws(StoreFailure) in try statements.record(of: row) }, of: count)
    }
}
