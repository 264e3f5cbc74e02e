import Foundation
public import IdentityBroker
import StrictJSON

/// The tokens that a client receives (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
public struct IssuedTokens: Sendable {
    /// The access token: a JWT (RFC 9068).
    public let accessToken: Secret
    /// The lifetime of the access token, in whole seconds.
    public let expiresIn: Duration
    /// What was granted, separated by spaces; empty for nothing.
    public let scope: String
    /// The refresh token, for a client that may refresh.
    public let refreshToken: Secret?
    /// The ID token, if `openid` was requested.
    public let idToken: Secret?
    /// The account that the tokens belong to.
    public let account: AccountID

    /// `token_type` (RFC 6750).
    public static let tokenType = "Bearer"
    /// `issued_token_type` in the answer to an exchange (RFC 8693 §2.2.1).
    public static let issuedTokenType = "urn:ietf:params:oauth:token-type:access_token"
}

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
        of grant: StoredGrant,
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

    private func signed(_ payload: JSONObject, as type: TokenType) throws -> Secret {
        Secret(try key.sign(payload.json.utf8, as: type))
    }

    /// RFC 9068 §2.2.
    private func accessToken(_ permission: Permission, _ grant: StoredGrant) -> JSONObject {
        var payload = common(grant, lifetimes.accessToken)
        payload["aud"] = .audiences(permission.audiences)
        payload["client_id"] = .string(grant.grant.client)
        payload["jti"] = .string(id.canonical)
        if !permission.scope.text.isEmpty { payload["scope"] = .string(permission.scope.text) }
        return payload
    }

    /// OpenID Connect Core §2.
    private func idToken(_ claims: PersonalClaims, _ scope: ScopeList, _ grant: StoredGrant) -> JSONObject {
        var payload = claims.disclosed(for: scope)
        // A claim of the person's never replaces one of the token's.
        for own in common(grant, lifetimes.idToken) { payload[own.name] = own.value }
        payload["aud"] = .string(grant.grant.client)
        return payload
    }

    private func common(_ grant: StoredGrant, _ lifetime: Duration) -> JSONObject {
        [
            "iss": .string(issuer),
            "sub": .string(grant.account.description),
            "iat": .integer(now.wholeSeconds),
            "exp": .integer(expiry(after: lifetime, grant)),
            "auth_time": .integer(grant.grant.opened.wholeSeconds),
            "sid": .string(grant.id.canonical),
        ]
    }

    private func expiry(after lifetime: Duration, _ grant: StoredGrant) -> Int64 {
        max(now.wholeSeconds, min((now + lifetime).wholeSeconds, grant.expiry.wholeSeconds))
    }
}

extension JSONValue {
    /// `aud`: one string, or an array of several (RFC 7519 §4.1.3).
    static func audiences(_ audiences: [String]) -> JSONValue {
        audiences.count == 1 ? .string(audiences[0]) : .strings(audiences)
    }
}
