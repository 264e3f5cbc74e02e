import Foundation
import IdentityBroker

extension TokenService {
    /// How often a change of a grant is attempted against others that change it at the same time.
    static let attempts = 8

    /// The grant of this id; nil if there is none, or it has expired.
    ///
    /// - Throws: ``OAuthError`` if the store fails, or another version of the broker wrote the grant.
    func grant(_ id: UUID, at now: Date) async throws(OAuthError) -> StoredGrant? {
        let key = Grant.key(RecordID(id))
        guard
            let stored = try await accessStore(
                .record, { store throws(StoreFailure) in try await store.record(key, at: now) })
        else { return nil }
        guard let grant = (try? Record<Grant>(stored)).flatMap(StoredGrant.init) else { throw .grantUnreadable }
        return grant
    }

    /// Stores the next version of a grant, and writes the event with it.
    ///
    /// - Parameter session: The session that has to go on; nil for none.
    /// - Returns: Whether it did; false if another changed the grant meanwhile, or it has expired.
    func replace(
        with next: StoredGrant,
        requiring session: UUID? = nil,
        recording event: AuditEvent,
        at now: Date,
        isVerdict: Bool = false
    ) async throws(OAuthError) -> Bool {
        let (record, required) = (next.record, Session.requirement(session))
        return try await commit(isVerdict: isVerdict, at: now) { () throws(StoreFailure) in
            [try record.put(), .append(event)] + required
        }
    }

    /// Performs all operations or none.
    ///
    /// - Returns: Whether it did; false if a requirement was not met.
    func commit(
        isVerdict: Bool = false,
        at now: Date,
        _ operations: @escaping @Sendable () throws(StoreFailure) -> [StoreOperation]
    ) async throws(OAuthError) -> Bool {
        try await accessStore(.commit, isVerdict: isVerdict) { store throws(StoreFailure) in
            if case .done = try await store.commit(try operations(), at: now) { true } else { false }
        }
    }

    /// The grant of a verified access token, if it is still in force: neither ended nor expired, and of a configured
    /// client that may use its provider, which is enabled (CVE-2026-1486: a disabled provider was honored where the
    /// check was missing).
    func standingGrant(of token: AccessToken) async throws(OAuthError) -> StoredGrant? {
        guard let id = token.grant, let stored = try await grant(id, at: clock.now()) else { return nil }
        let isTheTokens = stored.grant.client == token.client && stored.account.description == token.subject
        guard isTheTokens else { return nil }
        return try await stands(stored) ? stored : nil
    }

    func stands(_ stored: StoredGrant) async throws(OAuthError) -> Bool {
        let grant = stored.grant
        guard !grant.isRevoked, clock.now() < stored.expiry, clients[grant.client]?.mayUse(grant.provider) == true,
            broker.isEnabled(grant.provider)
        else { return false }
        return try await hasSession(grant)
    }

    /// Whether the session that a grant hangs on goes on, if it hangs on one.
    func hasSession(_ grant: Grant) async throws(OAuthError) -> Bool {
        guard let session = grant.session else { return true }
        return try await self.session(session, at: clock.now()) != nil
    }

    /// What the ID token says that comes with an access token; nil without `openid`.
    func idTokenContents(
        for permission: Permission,
        of grant: StoredGrant,
        to client: TokenClient,
        nonce: String? = nil
    ) async throws(OAuthError) -> IDTokenContents? {
        guard permission.scope.scopes.contains(.openid) else { return nil }
        return IDTokenContents(
            try await claims(of: grant),
            showsScope: grant.grant.login == nil || client.authorization.showsClaimsInIDToken, nonce: nonce)
    }

    func claims(of grant: StoredGrant) async throws(OAuthError) -> PersonalClaims {
        guard
            let account = try await accessStore(
                .account,
                { store throws(StoreFailure) in
                    try await store.account(grant.account)
                })
        else { throw .claimsUnreadable }
        return try PersonalClaims(of: account, as: grant.grant.provider)
    }

    /// Ends a grant for good, and writes the event with it.
    ///
    /// - Returns: Whether it did; false if another changed the grant meanwhile.
    func end(_ stored: StoredGrant, recording event: AuditEvent) async throws(OAuthError) -> Bool {
        var ended = stored.grant
        ended.isRevoked = true
        // The last write of its request, which a login may have kept for longer than a store call may take.
        return try await replace(with: stored.next(ended), recording: event, at: clock.now(), isVerdict: true)
    }
}

extension OAuthError {
    /// Others keep changing what the request is about.
    static var contended: OAuthError {
        OAuthError(BrokerError(.unavailable, "Others are changing the same thing at this moment. Try again later."))
    }
}
