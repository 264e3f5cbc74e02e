import Foundation
import IdentityBroker

/// A memory store that a test can delay or make fail at any step.
final class ScriptedStore: LoginStore, AccountStore {
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

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        try await script.reserve()
        let isOurs = try await memory.reserve(reservation, at: now)
        try await script.afterReserve()
        return isOurs
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {
        try await script.append()
        try await memory.append(event)
    }

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        try await script.conclude()
        try await memory.conclude(reservation, as: outcome, recording: event)
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

    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        try await script.signIn()
        return try await memory.signIn(signIn, spending: reservation, recording: event)
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
