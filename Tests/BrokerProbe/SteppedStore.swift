import Foundation
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A store that stops at the sign's step.
struct SteppedStore: BrokerStore {
    let store: any BrokerStore
    let sign: StopSign

    func commit(_ operations: [StoreOperation], at now: Date) async throws(StoreFailure) -> CommitResult {
        let (before, after) = Self.steps(around: operations)
        if let before { await sign.pass(before) }
        let result = try await store.commit(operations, at: now)
        if let after { await sign.pass(after) }
        return result
    }

    private static func steps(around operations: [StoreOperation]) -> (before: LoginStep?, after: LoginStep?) {
        switch operations.first {
        case .reserve?: (.beforeReserve, .afterReserve)
        case .settle?, .signIn?: (.beforeConclude, .afterConclude)
        default: (nil, nil)
        }
    }

    func record(_ key: RecordKey, at now: Date) async throws(StoreFailure) -> StoredRecord? {
        try await store.record(key, at: now)
    }

    func records(
        _ selection: RecordSelection,
        after: RecordKey?,
        atMost count: Int,
        at now: Date
    ) async throws(StoreFailure) -> RecordPage {
        try await store.records(selection, after: after, atMost: count, at: now)
    }

    func newestEvents(_ count: Int) async throws(StoreFailure) -> [AuditEvent] {
        try await store.newestEvents(count)
    }

    func believedTime(at now: Date) async throws(StoreFailure) -> Date {
        try await store.believedTime(at: now)
    }

    func purge(at now: Date, atMost count: Int) async throws(StoreFailure) -> Int {
        try await store.purge(at: now, atMost: count)
    }

    func close() async throws(StoreFailure) {
        try await store.close()
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await store.account(id)
    }

    func accounts(
        with kind: VerifiedContact.Kind,
        _ value: String,
        atMost count: Int
    ) async throws(StoreFailure) -> [AccountID] {
        try await store.accounts(with: kind, value, atMost: count)
    }
}

/// A transport that stops at the sign's step.
struct SteppedTransport: UpstreamTransport {
    let transport: any UpstreamTransport
    let sign: StopSign

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        await sign.pass(.beforeSend)
        let response = try await transport.send(request, under: policy, within: timeout)
        await sign.pass(.afterAnswer)
        return response
    }
}

/// Stops every login at a step, until the process is killed.
struct StopSign: Sendable {
    let step: LoginStep?
    let report: @Sendable (ProbeLine) -> Void

    func pass(_ step: LoginStep) async {
        guard step == self.step else { return }
        report(.stopped(step))
        // A process whose test died ends by itself.
        try? await Task.sleep(for: .seconds(600))
        exit(2)
    }
}

/// The steps at which a probe can stop in the middle of a login, in order.
package enum LoginStep: String, Codable, Sendable, CaseIterable {
    case beforeReserve, afterReserve
    case beforeSend, afterAnswer
    case beforeConclude, afterConclude
    case afterReport
}
