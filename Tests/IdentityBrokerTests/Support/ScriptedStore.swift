import BrokerTesting
import Foundation
import IdentityBroker

/// A memory store that a test can delay or make fail at any step.
final class ScriptedStore: BrokerStore {
    typealias Step = @Sendable () async throws(StoreFailure) -> Void

    /// What runs before each step; a failure there is the step's.
    struct Script: Sendable {
        var reserve: Step = {}
        /// Runs once the credential is reserved.
        var afterReserve: Step = {}
        var append: Step = {}
        var conclude: Step = {}
        var signIn: Step = {}
        var purge: Step = {}
    }

    let memory: MemoryStore
    private let script: Script

    init(_ script: Script = Script(), memory: MemoryStore = MemoryStore()) {
        self.script = script
        self.memory = memory
    }

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        switch StoreStep(of: operations) {
        case .reserve: try await script.reserve()
        case .append: try await script.append()
        case .conclude: try await script.conclude()
        case .signIn: try await script.signIn()
        case .commit, .purge: break
        }
        let result = try await memory.commit(operations, at: now)
        if StoreStep(of: operations) == .reserve { try await script.afterReserve() }
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

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await memory.newestEvents(count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await memory.believedTime(at: now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await script.purge()
        return try await memory.purge(at: now, atMost: count)
    }

    func close() async throws(StoreFailure) {
        try await memory.close()
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await memory.account(id)
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await memory.accounts(with: kind, value, atMost: count)
    }
}
