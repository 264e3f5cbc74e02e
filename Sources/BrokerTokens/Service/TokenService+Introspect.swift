#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import IdentityBroker

extension TokenService {
    /// Says whether an access token holds, and what it says (RFC 7662 §2).
    ///
    /// A client may ask about tokens that were issued to it, and about those whose audience has its id. To all others, and
    /// of a token that does not hold, the answer is the same.
    ///
    /// - Throws: ``OAuthError``: `invalid_client` for a client without a secret (RFC 7662 §2.1); with
    ///   ``OAuthError/Code-swift.struct/temporarilyUnavailable`` if the store fails.
    public func introspect(_ token: Secret, by client: AuthenticatedClient) async throws(OAuthError) -> Introspection {
        let client = client.client
        let action = begin(.introspect, by: client.id, presenting: "access_token")
        return try await perform(action) { action throws(OAuthError) in
            guard client.isConfidential else {
                throw OAuthError(.invalidClient, "Only a client that authenticates may ask about tokens.")
            }
            guard let token = try await genuineAccessToken(token),
                token.client == client.id || token.audiences.contains(client.id),
                try await standingGrant(of: token) != nil
            else { return .inactive }
            return Introspection(active: token, issuer: issuer)
        }
    }
}

extension Introspection {
    fileprivate init(active token: AccessToken, issuer: String) {
        let audiences = token.audiences.map(AttributeValue.string)
        var members: [String: AttributeValue] = [
            "active": .boolean(true),
            "iss": .string(issuer),
            "sub": .string(token.subject),
            "aud": audiences.count == 1 ? audiences[0] : .array(audiences),
            "client_id": .string(token.client),
            "token_type": .string(IssuedTokens.tokenType),
            "iat": .integer(token.issued.wholeSeconds),
            "exp": .integer(token.expiry.wholeSeconds),
            "jti": .string(token.id),
            "sid": .string(token.grant.canonical),
            "auth_time": .integer(token.authenticated.wholeSeconds),
        ]
        if !token.scopes.isEmpty { members["scope"] = .string(token.scopes.sorted().joined(separator: " ")) }
        self.init(isActive: true, json: Data(AttributeValue.object(members).json.utf8))
    }
}
