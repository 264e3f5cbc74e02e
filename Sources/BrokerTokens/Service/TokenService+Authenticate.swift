public import IdentityBroker

extension TokenService {
    /// Authenticates a client; see ``ClientDirectory/authenticate(_:secret:)``. A refusal is recorded.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``.
    public func authenticate(_ id: String?, secret: Secret?) async throws(OAuthError) -> AuthenticatedClient {
        try await authenticate(anyOf: [ClientCredentials(id: id, secret: secret)])
    }

    /// Authenticates a client by any of several readings of what it presented. A refusal is recorded for the first one.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``.
    package func authenticate(anyOf readings: [ClientCredentials]) async throws(OAuthError) -> AuthenticatedClient {
        let clients = clients
        do throws(OAuthError) {
            return try clients.authenticate(anyOf: readings)
        } catch {
            let id = readings.first?.id
            // An id that is not configured is arbitrary text from the caller, and does not belong in the log.
            try await recordRefusal(error, of: .clientAuthentication, client: id.flatMap { clients[$0]?.id })
            throw error
        }
    }
}
