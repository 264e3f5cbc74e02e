public import IdentityBroker

public import Foundation

extension SQLiteStore {
    /// The record of this key; see ``BrokerStore/record(_:at:)``.
    public func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        let read = StoreCommand.record(key)
        guard let row = try await commits.run({ try $0.rows(read).first }) else { return nil }
        return try row.record().record(at: now)
    }

    /// Reads some of the records; see ``BrokerStore/records(_:after:atMost:at:)``.
    public func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        let count = RecordPage.count(count)
        let read = StoreCommand.records(selection, after: after, atMost: count, at: now)
        let rows = try await commits.run { try $0.records(read, exceeding: RecordPage.greatestSize) }
        return RecordPage(try rows.map { row throws(StoreFailure) in try row.record().record }, of: count)
    }
}
