public import Foundation
public import IdentityBroker
import StrictJSON

/// What a client learns about a token (RFC 7662 §2.2).
public struct Introspection: Sendable, Hashable {
    /// Whether the token is active.
    public let isActive: Bool
    /// The response as a JSON object. For an inactive token it contains only `active: false`.
    public let json: Data

    /// The response for an inactive token, whatever the reason.
    static let inactive = Introspection(isActive: false, json: Data(#"{"active":false}"#.utf8))
}

extension TokenService {
    /// Returns whether a token is active, and its claims (RFC 7662 §2).
    ///
    /// A client may introspect tokens that were issued to it, including refresh tokens, and access tokens for an
    /// audience that it is or acts for (``TokenClient/introspects``). For all others it gets the same answer as for an
    /// inactive token.
    ///
    /// - Throws: ``OAuthError``: `invalid_client` for a client without a secret (RFC 7662 §2.1); with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    public func introspect(_ token: Secret, by client: AuthenticatedClient) async throws(OAuthError) -> Introspection {
        let client = client.client
        let refreshToken = RefreshToken(token)
        let action = begin(
            .introspect, by: client.id, presenting: refreshToken == nil ? "access_token" : "refresh_token")
        return try await perform(action) { action throws(OAuthError) in
            guard client.isConfidential else {
                throw OAuthError(.invalidClient, "Only a client that authenticates may ask about tokens.")
            }
            if let refreshToken { return try await introspect(refreshToken, by: client) }
            guard let token = try await genuineAccessToken(token), client.mayIntrospect(token), try await stands(token)
            else { return .inactive }
            return Introspection(active: token, issuer: issuer)
        }
    }

    private func stands(_ token: AccessToken) async throws(OAuthError) -> Bool {
        guard token.grant != nil else { return try await stands(clientToken: token) }
        return try await standingGrant(of: token) != nil
    }

    private func introspect(_ token: RefreshToken, by client: TokenClient) async throws(OAuthError) -> Introspection {
        let now = clock.now()
        guard let stored = try await grant(token.grant, at: now), stored.grant.client == client.id,
            client.grants.contains(.refreshToken), try await stands(stored), now < stored.grant.end,
            stored.grant.refresh?.standing(of: token, at: now, grace: .zero) == .current
        else { return .inactive }
        return Introspection(active: stored, issuer: issuer)
    }
}

extension Introspection {
    /// A refresh token. It has no `token_type`, which says how an access token is used (RFC 6749 §5.1).
    fileprivate init(active stored: StoredGrant, issuer: String) {
        let grant = stored.grant
        var members: JSONObject = [
            "active": .bool(true),
            "iss": .string(issuer),
            "sub": .string(stored.account.description),
            "aud": .audiences(grant.audiences, of: issuer),
            "client_id": .string(grant.client),
            "exp": .integer(min(stored.expiry, grant.end).wholeSeconds),
            "sid": .string(stored.id.canonical),
            "auth_time": .integer(grant.authenticated.wholeSeconds),
        ]
        if !grant.scope.isEmpty { members["scope"] = .string(grant.scope) }
        self.init(isActive: true, json: Data(members.jsonBytes))
    }

    fileprivate init(active token: AccessToken, issuer: String) {
        var members: JSONObject = [
            "active": .bool(true),
            "iss": .string(issuer),
            "sub": .string(token.subject),
            "aud": .audiences(token.audiences, of: issuer),
            "client_id": .string(token.client),
            "token_type": .string(IssuedTokens.tokenType),
            "iat": .integer(token.issued.wholeSeconds),
            "exp": .integer(token.expiry.wholeSeconds),
            "jti": .string(token.id),
        ]
        members["sid"] = (token.grant?.canonical).map(JSONValue.string)
        members["auth_time"] = (token.authenticated?.wholeSeconds).map { JSONValue.integer($0) }
        if !token.scopes.isEmpty { members["scope"] = .string(token.scopes.sorted().joined(separator: " ")) }
        self.init(isActive: true, json: Data(members.jsonBytes))
    }
}
