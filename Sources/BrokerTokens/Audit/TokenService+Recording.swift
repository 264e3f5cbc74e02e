import Foundation
public import IdentityBroker
import Logging
import Metrics

extension TokenService {
    /// Records a refusal that a caller decided on before it called the service, such as an unsupported grant type.
    ///
    /// - Parameter client: The id of an existing client; nil for any other.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if it cannot be recorded.
    public func recordRefusal(
        _ error: OAuthError,
        of action: AuditAction,
        client: String? = nil
    ) async throws(OAuthError) {
        try await record(error, of: begin(action, by: client))
    }

    /// Records the counted refusals whose kind has become quiet. Call it every second or so.
    ///
    /// - Parameter isLast: Whether to record those of other kinds as well, before the process ends.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails;
    ///   refusals without an event stay counted.
    package func recordCountedRefusals(isLast: Bool = false) async throws(OAuthError) {
        let counted = refusals.withLock { $0.takeCounted(at: clock.uptime(), isLast: isLast) }
        for (index, (kind, count)) in counted.enumerated() {
            let action = begin(kind.action, by: kind.client)
            let event = action.event(
                failure: kind.outcome, action.fate, notices: [Notice.stands(for: count).rawValue], issuer: issuer,
                at: clock.uptime())
            do throws(OAuthError) {
                try await append(event)
            } catch {
                putBack(counted[index...])
                throw error
            }
        }
    }

    func begin(_ action: AuditAction, by client: String?, presenting credentialKind: String = "") -> TokenAction {
        var begun = TokenAction(
            action: action, id: identifiers.next(), began: clock.now(), stopwatch: clock.uptime(), client: client,
            credentialKind: credentialKind)
        // A public client's id proves nothing: anyone can read it in the app.
        begun.isProven = action.isOfProvenClient && client.flatMap { clients[$0] }?.isConfidential == true
        return begun
    }

    /// Performs a client's request. A refusal is on record before anyone learns of it.
    func perform<Value>(
        _ action: TokenAction,
        _ body: (inout TokenAction) async throws(OAuthError) -> Value
    ) async throws(OAuthError) -> Value {
        var action = action
        return try await storeAccess.handlingRequest { () async throws(OAuthError) in
            do throws(OAuthError) {
                let value = try await body(&action)
                report(action, outcome: "success")
                return value
            } catch {
                try await record(error, of: action)
                throw error
            }
        }
    }

    private func record(_ error: OAuthError, of action: TokenAction) async throws(OAuthError) {
        if action.isProven, !action.isRecorded {
            try await append(event(of: action, error, action.fate))
        } else if !action.isRecorded {
            try await sample(error, of: action)
        }
        report(action, outcome: error.outcome)
    }

    private func sample(_ error: OAuthError, of action: TokenAction) async throws(OAuthError) {
        let kind = RefusalSampler.Kind(
            action: action.action, outcome: error.outcome, client: action.client, caller: RefusalSource.caller)
        guard let count = refusals.withLock({ $0.count(kind, at: clock.uptime()) }) else { return }
        let notices = count > 1 ? [Notice.stands(for: count).rawValue] : []
        do throws(OAuthError) {
            try await append(event(of: action, error, action.fate, notices: notices))
        } catch {
            // This request is answered with the store's failure, and no longer counts as a refusal.
            putBack([(kind: kind, count: count - 1)])
            throw error
        }
    }

    private func putBack(_ counted: some Sequence<(kind: RefusalSampler.Kind, count: Int)>) {
        refusals.withLock { sampler in
            for (kind, count) in counted { sampler.putBack(count, of: kind, at: clock.uptime()) }
        }
    }

    func append(_ event: AuditEvent) async throws(OAuthError) {
        _ = try await accessStore(.append, isVerdict: true) { store throws(StoreFailure) in
            try await store.commit([.append(event)], at: event.began)
        }
    }

    func event(
        of action: TokenAction,
        _ failure: OAuthError?,
        _ fate: CredentialFate,
        notices: [String] = []
    ) -> AuditEvent {
        action.event(failure, fate, notices: notices, issuer: issuer, at: clock.uptime())
    }

    private func report(_ action: TokenAction, outcome: String) {
        broker.countRequest()
        let name = action.action.rawValue
        Counter(label: "broker_token_requests_total", dimensions: [("action", name), ("outcome", outcome)]).increment()
        logger.info(
            "token request",
            metadata: [
                "broker.request": "\(action.id)",
                "broker.action": "\(name)",
                "broker.outcome": "\(outcome)",
            ]
        )
    }

    /// Calls the store, to completion even if the caller gives up, and waits no longer than the request may take. If
    /// the store fails, so does the request.
    func accessStore<Value: Sendable>(
        _ operation: StoreAccess.Operation,
        isVerdict: Bool = false,
        _ access: @escaping @Sendable (any BrokerStore) async throws(StoreFailure) -> Value
    ) async throws(OAuthError) -> Value {
        let store = store
        do throws(StoreFailure) {
            return try await storeAccess.call(operation, isVerdict: isVerdict) { () async throws(StoreFailure) in
                try await access(store)
            }
        } catch {
            throw OAuthError(BrokerError(error))
        }
    }
}
