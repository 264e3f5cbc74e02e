import Foundation
public import IdentityBroker
import JOSE
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

/// What an ID token says about the person, beside whose it is.
struct IDTokenContents {
    let claims: PersonalClaims
    /// Whether it contains the claims of the scope. In the code flow they are in userinfo (OpenID Connect Core §5.4).
    let showsScope: Bool
    /// `nonce`, as the client requested it.
    let nonce: String?

    init(_ claims: PersonalClaims, showsScope: Bool = true, nonce: String? = nil) {
        (self.claims, self.showsScope, self.nonce) = (claims, showsScope, nonce)
    }
}

/// Signs the tokens that a client gets for one grant.
struct TokenMint {
    /// A key for each kind of token: of a client, they may have different algorithms.
    struct Keys {
        let accessToken: TokenSigningKey
        let idToken: TokenSigningKey
    }

    let issuer: String
    let lifetimes: TokenLifetimes
    let keys: Keys
    /// The id of the access token.
    let id: UUID
    let now: Date

    /// - Parameters:
    ///   - grant: The grant as it will be stored. No token outlives it.
    ///   - contents: What the ID token says; nil if none is issued.
    func tokens(
        for permission: Permission,
        of grant: StoredGrant,
        stating contents: IDTokenContents?,
        refreshToken: RefreshToken?
    ) throws(OAuthError) -> IssuedTokens {
        do {
            let accessToken = Secret(
                try keys.accessToken.sign(accessToken(permission, grant).json.utf8, as: .accessToken))
            return IssuedTokens(
                accessToken: accessToken,
                expiresIn: .seconds(expiry(after: lifetimes.accessToken, grant) - now.wholeSeconds),
                scope: permission.scope.text,
                refreshToken: refreshToken?.text,
                idToken: try contents.map { contents in
                    let payload = idToken(contents, permission.scope, grant, beside: accessToken)
                    return Secret(try keys.idToken.sign(payload.json.utf8, as: .idToken))
                },
                account: grant.account
            )
        } catch {
            throw OAuthError(.serverError, "The tokens could not be signed.")
        }
    }

    /// RFC 9068 §2.2.
    private func accessToken(_ permission: Permission, _ grant: StoredGrant) -> JSONObject {
        var payload = common(grant, lifetimes.accessToken)
        payload["aud"] = .audiences(permission.audiences, of: issuer)
        payload["client_id"] = .string(grant.grant.client)
        payload["jti"] = .string(id.canonical)
        if !permission.scope.text.isEmpty { payload["scope"] = .string(permission.scope.text) }
        return payload
    }

    /// OpenID Connect Core §2.
    private func idToken(
        _ contents: IDTokenContents,
        _ scope: ScopeList,
        _ grant: StoredGrant,
        beside accessToken: Secret
    ) -> JSONObject {
        var payload = contents.claims.disclosed(
            for: contents.showsScope ? scope : ScopeList([]), and: grant.grant.claims.idToken)
        // A claim of the person's never replaces one of the token's.
        for own in common(grant, lifetimes.idToken) { payload[own.name] = own.value }
        payload["aud"] = .string(grant.grant.client)
        payload["nonce"] = contents.nonce.map(JSONValue.string)
        guard let login = grant.grant.login else { return payload }
        payload["sid"] = .string(login.session.canonical)
        payload["at_hash"] = .string(accessTokenHash(accessToken))
        for claim in login.event.claims { payload[claim.name] = claim.value }
        return payload
    }

    /// The left half of the hash of the access token, by the algorithm of the ID token (OpenID Connect Core §3.1.3.6).
    private func accessTokenHash(_ accessToken: Secret) -> String {
        let hash = keys.idToken.algorithm.signature.hash.hash(accessToken.revealBytes())
        return Base64URL.encode(hash.prefix(hash.count / 2))
    }

    private func common(_ grant: StoredGrant, _ lifetime: Duration) -> JSONObject {
        [
            "iss": .string(issuer),
            "sub": .string(grant.account.description),
            "iat": .integer(now.wholeSeconds),
            "exp": .integer(expiry(after: lifetime, grant)),
            "auth_time": .integer(grant.grant.authenticated.wholeSeconds),
            "sid": .string(grant.id.canonical),
        ]
    }

    private func expiry(after lifetime: Duration, _ grant: StoredGrant) -> Int64 {
        max(now.wholeSeconds, min((now + lifetime).wholeSeconds, grant.expiry.wholeSeconds))
    }
}

extension JSONValue {
    /// `aud`: one string, or an array of several (RFC 7519 §4.1.3).
    ///
    /// A token must have an audience (RFC 9068 §2.2, §3). Without one of its own it is for the issuer: userinfo is all that
    /// it opens, and no API takes it for its own.
    static func audiences(_ audiences: [String], of issuer: String) -> JSONValue {
        switch audiences.count {
        case 0: .string(issuer)
        case 1: .string(audiences[0])
        default: .strings(audiences)
        }
    }
}
