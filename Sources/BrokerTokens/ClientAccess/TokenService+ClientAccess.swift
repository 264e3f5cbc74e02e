import Foundation
import IdentityBroker

/// A client's request for an access token of its own (RFC 6749 §4.4.2).
package struct ClientCredentialsRequest: Sendable {
    /// The client that asks.
    package let client: AuthenticatedClient
    /// The `scope` parameter as received; nil if there was none.
    package let scope: String?
    /// Every `audience` and `resource` parameter; empty for the client's only one.
    package let audiences: [String]

    package init(client: AuthenticatedClient, scope: String?, audiences: [String]) {
        self.client = client
        self.scope = scope
        self.audiences = audiences
    }
}

extension TokenService {
    /// Gives a client an access token of its own, for its APIs and not for userinfo (RFC 6749 §4.4). There is no refresh
    /// token: the client can ask again.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client`; `invalid_scope`, since all scopes are about people;
    ///   `invalid_target`.
    package func issue(_ request: ClientCredentialsRequest) async throws(OAuthError) -> IssuedClientToken {
        let action = begin(.clientCredentials, by: request.client.client.id)
        return try await perform(action) { action throws(OAuthError) in
            let client = try clients.current(request.client)
            // Only a client that authenticates can be given this grant.
            guard client.grants.contains(.clientCredentials) else {
                throw OAuthError(.unauthorizedClient, "The client may not get tokens of its own.")
            }
            let permission = try Permission(request.scope, request.audiences, for: client)
            guard permission.scope.text.isEmpty else {
                throw OAuthError(.invalidScope, "The scopes are about people, and this token is the client's own.")
            }
            let token = try mint(for: client, at: clock.now()).clientToken(for: permission.audiences, of: client)
            try await append(event(of: action, nil, .unused))
            return token
        }
    }

    /// Whether a client's own token is in force: not revoked, and of a client that would get it now.
    func stands(clientToken token: AccessToken) async throws(OAuthError) -> Bool {
        guard let client = clients[token.client], client.grants.contains(.clientCredentials),
            token.audiences.allSatisfy(client.audiences.contains)
        else { return false }
        let (id, now) = (RevokedClientToken.id(of: token), clock.now())
        let revoked = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(RevokedClientToken.self, id, at: now)
        }
        return revoked == nil
    }

    /// Revokes a client's own token, and writes the event with it.
    func revoke(clientToken token: AccessToken, recording event: AuditEvent) async throws(OAuthError) {
        let record = RevokedClientToken.record(of: token)
        // If it is there, the token was revoked before.
        _ = try await commit(isVerdict: true, at: clock.now()) { () throws(StoreFailure) in
            [try record.put(), .append(event)]
        }
    }
}
