public import Foundation

/// A store in this process's memory: for one process, for as long as it runs.
///
/// Spent credentials are forgotten when the process ends, so a restart within a ticket's lifetime allows sending it
/// twice; then only the upstream enforces single use.
public final class MemoryStore: BrokerStore {
    let contents: Locked<Contents>

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: How many credentials, accounts and records are kept, each; a full store refuses instead of
    ///     dropping one. At least 1.
    ///   - auditCapacity: How many of the newest audit events are kept. At least 1.
    public init(capacity: Int = 1_000_000, auditCapacity: Int = 1_000) {
        contents = Locked(
            Contents(
                ledger: OneTimeLedger(capacity: max(1, capacity)),
                events: AuditRing(capacity: max(1, auditCapacity)),
                accounts: AccountLedger(capacity: max(1, capacity)),
                records: RecordLedger(capacity: max(1, capacity))
            ))
    }

    /// Performs all operations or none; see ``BrokerStore/commit(_:at:)``.
    public func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let plan = try CommitPlan(operations, at: now)
        return try contents.withLock { contents throws(StoreFailure) in try contents.commit(plan) }
    }

    /// The record of this key; see ``BrokerStore/record(_:at:)``.
    public func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        contents.withLock { $0.records[key] }?.record(at: now)
    }

    /// Reads some of the records; see ``BrokerStore/records(_:after:atMost:at:)``.
    public func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        let count = RecordPage.count(count)
        return RecordPage(
            contents.withLock { $0.records.page(selection, after: after, atMost: count, at: now) }, of: count)
    }

    /// The newest events; see ``BrokerStore/newestEvents(_:)``.
    public func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        auditEvents.suffix(max(0, count))
    }

    /// The time by which it may forget; see ``BrokerStore/believedTime(at:)``.
    public func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        contents.withLock { $0.believedTime(at: now) }
    }

    /// Removes expired entries; see ``BrokerStore/purge(at:atMost:)``.
    public func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        contents.withLock { contents in
            let purged = contents.ledger.purge(at: now, atMost: count)
            return purged + contents.records.purge(at: now, atMost: count - purged)
        }
    }

    /// The account of this id; see ``BrokerStore/account(_:)``.
    public func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        contents.withLock { $0.accounts[id] }
    }

    /// The accounts with a contact; see ``BrokerStore/accounts(with:_:atMost:)``.
    public func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        contents.withLock { $0.accounts.accounts(with: kind, value, atMost: AccountList.count(count)) }
    }

    /// Does nothing: there is nothing to close.
    public func close() async throws(StoreFailure) {}

    /// The events kept, oldest first.
    public var auditEvents: [AuditEvent] { contents.withLock { $0.events.events } }
}
