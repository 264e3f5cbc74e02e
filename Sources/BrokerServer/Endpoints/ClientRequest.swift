import BrokerTokens
import Hummingbird
import IdentityBroker

/// What the endpoints have in common that a client authenticates at: a form, and who sent it.
struct ClientRequest: Sendable {
    let form: RequestForm
    let client: AuthenticatedClient

    /// Reads the form and authenticates the client. Whatever is wrong is on record before anybody hears of it.
    ///
    /// - Throws: ``OAuthError``.
    init(
        _ request: Request,
        for action: AuditAction,
        repeatable: Set<String> = [],
        in context: EndpointContext
    ) async throws(OAuthError) {
        let tokens = context.tokens
        let (form, readings): (RequestForm, [ClientCredentials])
        do {
            form = try await request.form(repeatable: repeatable)
            readings = try ClientCredentials.read(request.headers, form)
        } catch {
            try await tokens.recordRefusal(error, of: action)
            throw error
        }
        self.form = form
        client = try await tokens.authenticate(anyOf: readings)
        try context.guards.admit(client.client.id)
    }

    /// Does what is specific to the endpoint before the token service is asked, and puts a refusal on record.
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
