import Foundation
import IdentityBroker

/// A grant to open for a person who signed in on the broker's own pages, and the first refresh token if the client may refresh.
struct ProposedGrant {
    let stored: StoredGrant
    let refreshToken: RefreshToken?
}

/// What a grant of a session is about.
struct GrantSubject {
    let account: AccountID
    let provider: ProviderID
    let login: SessionLogin
    let permission: Permission
    var claims = ClaimsRequest()
}

extension TokenService {
    /// The grant that a client gets for a login on the broker's own pages. It belongs to the account, the session and the
    /// consent, and ends with each of them.
    func propose(_ subject: GrantSubject, for client: TokenClient, at now: Date) -> ProposedGrant {
        let id = identifiers.next()
        let refreshToken = client.grants.contains(.refreshToken) ? RefreshToken.first(of: id, randomness) : nil
        let end = now + (refreshToken == nil ? lifetimes.longest : lifetimes.refreshAbsolute)
        let grant = Grant(
            client: client.id, provider: subject.provider, opened: now, scope: subject.permission.scope,
            audiences: subject.permission.audiences, end: end, refresh: refreshToken.map(RefreshFamily.init),
            login: subject.login, claims: subject.claims)
        var owners: Set = [Consent.owner(subject.account, for: client.id)]
        if let session = grant.session { owners.insert(.session(RecordID(session))) }
        let stored = StoredGrant(
            grant, id: id, account: subject.account, owners: owners,
            expiry: lifetimes.expiry(ofGrantUsedAt: now, endingAt: end))
        return ProposedGrant(stored: stored, refreshToken: refreshToken)
    }

    /// The tokens to give for it, once it is stored.
    func tokens(
        for proposed: ProposedGrant,
        _ permission: Permission,
        to client: TokenClient,
        nonce: String? = nil,
        at now: Date
    ) async throws(OAuthError) -> IssuedTokens {
        let contents = try await idTokenContents(for: permission, of: proposed.stored, to: client, nonce: nonce)
        return try mint(for: client, at: now)
            .tokens(
                for: permission, of: proposed.stored, stating: contents, refreshToken: proposed.refreshToken)
    }
}
