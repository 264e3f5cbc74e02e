#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker

/// Signs the tokens that a client gets for one grant.
struct TokenMint {
    let issuer: String
    let lifetimes: TokenLifetimes
    let key: TokenSigningKey
    /// The id of the access token.
    let id: UUID
    let now: Date

    /// - Parameters:
    ///   - grant: The grant as it will be stored. No token outlives it.
    ///   - claims: The person's claims; nil if no ID token is issued.
    func tokens(
        for permission: Permission,
        of grant: Grant,
        claims: PersonalClaims?,
        refreshToken: RefreshToken?
    ) throws(OAuthError) -> IssuedTokens {
        do {
            return IssuedTokens(
                accessToken: try signed(accessToken(permission, grant), as: .accessToken),
                expiresIn: .seconds(expiry(after: lifetimes.accessToken, grant) - now.wholeSeconds),
                scope: permission.scope.text,
                refreshToken: refreshToken?.text,
                idToken: try claims.map { claims in
                    try signed(idToken(claims, permission.scope, grant), as: .idToken)
                },
                account: grant.account
            )
        } catch {
            throw OAuthError(.serverError, "The tokens could not be signed.")
        }
    }

    private func signed(_ payload: [String: AttributeValue], as type: TokenType) throws -> Secret {
        Secret(try key.sign(AttributeValue.object(payload).json.utf8, as: type))
    }

    /// RFC 9068 §2.2.
    private func accessToken(_ permission: Permission, _ grant: Grant) -> [String: AttributeValue] {
        var payload = common(grant, lifetimes.accessToken)
        let audiences = permission.audiences.map(AttributeValue.string)
        payload["aud"] = audiences.count == 1 ? audiences[0] : .array(audiences)
        payload["client_id"] = .string(grant.client)
        payload["jti"] = .string(id.canonical)
        if !permission.scope.text.isEmpty { payload["scope"] = .string(permission.scope.text) }
        return payload
    }

    /// OpenID Connect Core §2.
    private func idToken(_ claims: PersonalClaims, _ scope: ScopeList, _ grant: Grant) -> [String: AttributeValue] {
        var payload = common(grant, lifetimes.idToken)
        payload["aud"] = .string(grant.client)
        return payload.merging(claims.disclosed(for: scope)) { own, _ in own }
    }

    private func common(_ grant: Grant, _ lifetime: Duration) -> [String: AttributeValue] {
        [
            "iss": .string(issuer),
            "sub": .string(grant.account.description),
            "iat": .integer(now.wholeSeconds),
            "exp": .integer(expiry(after: lifetime, grant)),
            "auth_time": .integer(grant.opened.wholeSeconds),
            "sid": .string(grant.id.canonical),
        ]
    }

    private func expiry(after lifetime: Duration, _ grant: Grant) -> Int64 {
        max(now.wholeSeconds, min((now + lifetime).wholeSeconds, grant.expiry.wholeSeconds))
    }
}
