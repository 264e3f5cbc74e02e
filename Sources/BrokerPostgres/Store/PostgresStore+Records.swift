public import IdentityBroker

public import Foundation

extension PostgresStore {
    /// Performs operations on records in one transaction, in one round trip; see ``RecordStore/commit(_:at:)``.
    public func commit(_ operations: [RecordOperation], at now: Date) async throws(StoreFailure) -> RecordCommit {
        let plan = try RecordPlan(operations, at: now)
        let events = try plan.events.map { event throws(StoreFailure) in try StoredEvent(event) }
        let transaction = statements.commit(plan, recording: events)
        let answers = try await pool.run { .transact(transaction, $0) }
        guard let answer = answers.last else {
            throw StoreFailure("The server does not say what it has done.", mayHaveHappened: true)
        }
        return try statements.commit(in: answer)
    }

    /// The record of this key; see ``RecordStore/record(_:at:)``.
    public func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        guard let row = try await table(of: statements.record(key, at: now)).first else { return nil }
        return try statements.record(of: row)
    }

    /// Reads some of the records; see ``RecordStore/records(_:after:atMost:at:)``.
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
