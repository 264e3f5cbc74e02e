import BrokerTokens
import Hummingbird
import IdentityBroker

/// What all endpoints with client authentication share: a form, and its sender.
struct ClientRequest: Sendable {
    let form: RequestForm
    let client: AuthenticatedClient

    /// Reads the form and authenticates the client. Any failure is recorded before it is reported.
    ///
    /// - Parameters:
    ///   - action: What a failure is recorded as.
    ///   - name: A more exact action, once the form has been read; nil for none.
    /// - Throws: ``OAuthError``.
    init(
        _ request: Request,
        for action: AuditAction,
        repeatable: Set<String> = [],
        in context: EndpointContext,
        naming name: (RequestForm) -> AuditAction? = { _ in nil }
    ) async throws(OAuthError) {
        let tokens = context.tokens
        let (form, proof): (RequestForm, ClientProof)
        var action = action
        do {
            form = try await request.form(repeatable: repeatable)
            action = name(form) ?? action
            proof = try ClientProof(request.headers, form)
        } catch {
            try await tokens.recordRefusal(error, of: action)
            throw error
        }
        self.form = form
        client =
            switch proof {
            case .credentials(let readings): try await tokens.authenticate(anyOf: readings)
            case .assertion(let id, let assertion): try await tokens.authenticate(id, assertion: assertion)
            }
        AnswerReaders.current?.narrow(to: client.client)
        try context.guards.admit(client.client.id)
    }

    /// Performs an endpoint's own checks before the token service is called, and records a refusal.
    func checking<Value>(
        _ action: AuditAction,
        in context: EndpointContext,
        _ check: (RequestForm) throws(OAuthError) -> Value
    ) async throws(OAuthError) -> Value {
        do {
            return try check(form)
        } catch {
            try await context.tokens.recordRefusal(error, of: action, client: client.client.id)
            throw error
        }
    }
}
