#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import IdentityBroker
import Logging
import Metrics

extension TokenService {
    /// Records a refusal that a caller decided on before it asked the service, such as a grant type that is not known.
    ///
    /// - Parameter client: The id of a client that there is; nil for any other.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if it cannot be recorded.
    public func recordRefusal(
        _ error: OAuthError,
        of action: AuditAction,
        client: String? = nil
    ) async throws(OAuthError) {
        try await record(error, of: begin(action, by: client))
    }

    func begin(_ action: AuditAction, by client: String?, presenting credentialKind: String = "") -> TokenAction {
        TokenAction(
            action: action, id: identifiers.next(), began: clock.now(), stopwatch: clock.uptime(), client: client,
            credentialKind: credentialKind)
    }

    /// Does what a client asks for. A refusal is on record before anybody hears of it.
    func perform<Value>(
        _ action: TokenAction,
        _ body: (inout TokenAction) async throws(OAuthError) -> Value
    ) async throws(OAuthError) -> Value {
        var action = action
        do throws(OAuthError) {
            let value = try await body(&action)
            report(action, outcome: "success")
            return value
        } catch {
            try await record(error, of: action)
            throw error
        }
    }

    private func record(_ error: OAuthError, of action: TokenAction) async throws(OAuthError) {
        if !action.isRecorded {
            let event = event(of: action, error, action.fate)
            try await accessStore { store throws(StoreFailure) in try await store.append(event) }
        }
        report(action, outcome: error.outcome)
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

    /// Asks the store, to the end even if the caller gives up. What it cannot do fails the request.
    func accessStore<Value: Sendable>(
        _ access: @escaping @Sendable (any BrokerStore) async throws(StoreFailure) -> Value
    ) async throws(OAuthError) -> Value {
        let store = store
        do throws(StoreFailure) {
            return try await uncancelled { () async throws(StoreFailure) in try await access(store) }
        } catch {
            logger.error("store failed", metadata: ["broker.store.message": "\(error.message)"])
            throw .storeFailed
        }
    }
}
