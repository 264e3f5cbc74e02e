public import Foundation

extension MemoryStore.Contents {
    /// Puts the records of a sign-in.
    ///
    /// - Throws: ``StoreFailure`` if one is taken, or there is no room; nothing has happened.
    mutating func put(_ signIn: SignIn, for account: AccountID) throws(StoreFailure) {
        guard case .done = try records.commit(signIn.plan(for: account), by: time) else { throw .recordIsTaken }
    }
}

extension StoreFailure {
    static var memoryIsFull: StoreFailure {
        StoreFailure("The memory store is full.", mayHaveHappened: false, reason: .full)
    }
}

extension MemoryStore {
    /// Performs operations on records; see ``RecordStore/commit(_:at:)``.
    public func commit(_ operations: [RecordOperation], at now: Date) async throws(StoreFailure) -> RecordCommit {
        let plan = try RecordPlan(operations, at: now)
        return try contents.withLock { contents throws(StoreFailure) in
            let commit = try contents.records.commit(plan, by: contents.time)
            if case .done = commit { plan.events.forEach { contents.events.append($0) } }
            return commit
        }
    }

    /// The record of this key; see ``RecordStore/record(_:at:)``.
    public func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        contents.withLock { $0.records[key] }?.record(at: now)
    }

    /// Reads some of the records; see ``RecordStore/records(_:after:atMost:at:)``.
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
}
