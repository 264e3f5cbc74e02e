import BrokerTesting
import Foundation
import IdentityBroker

/// A memory store that counts its calls, and fails those that a test chooses.
final class FaultyStore: BrokerStore {
    enum Call: CaseIterable, Sendable {
        case reserve, append, conclude, signIn, account, commit, record, records
    }

    private struct State: Sendable {
        var faults: [Call: StoreFailure] = [:]
        var counts: [Call: Int] = [:]
        var holds: [Call: @Sendable () async -> Void] = [:]
    }

    let memory: MemoryStore
    /// A record of a restored backup, which replaces the current one; nil for none.
    let restoredRecord = Locked<StoredRecord?>(nil)
    private let state = Locked(State())

    init(memory: MemoryStore = MemoryStore(auditCapacity: 10_000)) {
        self.memory = memory
    }

    func fail(_ call: Call, mayHaveHappened: Bool = false) {
        let failure = StoreFailure("The disk is on fire.", mayHaveHappened: mayHaveHappened)
        state.withLock { $0.faults[call] = failure }
    }

    /// Makes the next call wait for this.
    func hold(_ call: Call, until isOver: @escaping @Sendable () async -> Void) {
        state.withLock { $0.holds[call] = isOver }
    }

    func recover() {
        state.withLock { $0.faults = [:] }
    }

    func count(of call: Call) -> Int {
        state.withLock { $0.counts[call] ?? 0 }
    }

    /// Runs the call on the memory store. One that fails but may have happened has happened.
    private func serve<Value: Sendable>(
        _ call: Call,
        _ body: () async throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        let (fault, hold) = state.withLock { state in
            state.counts[call, default: 0] += 1
            return (state.faults[call], state.holds.removeValue(forKey: call))
        }
        await hold?()
        if let fault, !fault.mayHaveHappened { throw fault }
        let value = try await body()
        if let fault { throw fault }
        return value
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await memory.newestEvents(count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await memory.believedTime(at: now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await memory.purge(at: now, atMost: count)
    }

    func close() async throws(StoreFailure) {
        try await memory.close()
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await serve(.account) { () async throws(StoreFailure) in try await memory.account(id) }
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await memory.accounts(with: kind, value, atMost: count)
    }

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let call: Call =
            switch StoreStep(of: operations) {
            case .reserve: .reserve
            case .append: .append
            case .conclude: .conclude
            case .signIn: .signIn
            case .commit, .purge: .commit
            }
        return try await serve(call) { () async throws(StoreFailure) in try await memory.commit(operations, at: now) }
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try await serve(.record) { () async throws(StoreFailure) in
            if let restored = restoredRecord.withLock({ $0 }), restored.key == key { return restored }
            return try await memory.record(key, at: now)
        }
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try await serve(.records) { () async throws(StoreFailure) in
            try await memory.records(selection, after: after, atMost: count, at: now)
        }
    }
}
