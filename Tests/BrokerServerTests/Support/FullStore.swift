import BrokerTesting
import Foundation
import IdentityBroker

/// A memory store whose disk can be full, or hang.
final class FullStore: BrokerStore {
    let isFull = Locked(false)
    /// Ends when hanging calls may continue; nil if nothing hangs.
    let hanging = Locked<AsyncStream<Void>?>(nil)
    /// The number of reservations and time readings requested.
    let writes = Locked(0)
    /// The number of them that were written.
    let written = Locked(0)

    let memory = MemoryStore()

    private func write() async throws(StoreFailure) {
        if let hanging = hanging.withLock({ $0 }) { for await _ in hanging {} }
        guard !isFull.withLock({ $0 }) else {
            throw StoreFailure("The disk is full.", mayHaveHappened: false, reason: .full)
        }
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await memory.newestEvents(count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        writes.withLock { $0 += 1 }
        try await write()
        written.withLock { $0 += 1 }
        return try await memory.believedTime(at: now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await memory.purge(at: now, atMost: count)
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? { try await memory.account(id) }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await memory.accounts(with: kind, value, atMost: count)
    }

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let isReservation = StoreStep(of: operations) == .reserve
        if isReservation { writes.withLock { $0 += 1 } }
        try await write()
        let result = try await memory.commit(operations, at: now)
        if isReservation, case .done = result { written.withLock { $0 += 1 } }
        return result
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try await memory.record(key, at: now)
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try await memory.records(selection, after: after, atMost: count, at: now)
    }

    func close() async throws(StoreFailure) { try await memory.close() }
}
