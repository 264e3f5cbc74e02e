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
struct SteppedStore: LoginStore, AccountStore {
    let store: any BrokerStore
    let sign: StopSign

    func reserve(_ reservation: OneTimeReservation, at now: Date) async throws(StoreFailure) -> Bool {
        await sign.pass(.beforeReserve)
        let granted = try await store.reserve(reservation, at: now)
        await sign.pass(.afterReserve)
        return granted
    }

    func append(_ event: AuditEvent) async throws(StoreFailure) {
        try await store.append(event)
    }

    func conclude(
        _ reservation: OneTimeReservation,
        as outcome: OneTimeOutcome,
        recording event: AuditEvent
    ) async throws(StoreFailure) {
        await sign.pass(.beforeConclude)
        try await store.conclude(reservation, as: outcome, recording: event)
        await sign.pass(.afterConclude)
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

    func signIn(
        _ signIn: SignIn,
        spending reservation: OneTimeReservation?,
        recording event: AuditEvent
    ) async throws(StoreFailure) -> AccountID {
        await sign.pass(.beforeConclude)
        let account = try await store.signIn(signIn, spending: reservation, recording: event)
        await sign.pass(.afterConclude)
        return account
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
