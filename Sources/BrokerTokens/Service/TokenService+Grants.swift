import Foundation
import IdentityBroker

extension TokenService {
    /// How often a change of a grant is attempted against others that change it at the same time.
    static let attempts = 8

    /// The grant of a verified access token, if it is still in force: neither ended nor expired, and of a configured
    /// client that may use its provider, which is enabled (CVE-2026-1486: a disabled provider was honored where the
    /// check was missing).
    func standingGrant(of token: AccessToken) async throws(OAuthError) -> Grant? {
        guard
            let grant = try await accessStore(
                .grant, { store throws(StoreFailure) in try await store.grant(token.grant) })
        else { return nil }
        let isTheTokens = grant.client == token.client && grant.account.description == token.subject
        return isTheTokens && stands(grant) ? grant : nil
    }

    func stands(_ grant: Grant) -> Bool {
        !grant.isRevoked && clock.now() < grant.expiry && clients[grant.client]?.mayUse(grant.provider) == true
            && broker.isEnabled(grant.provider)
    }

    func claims(of grant: Grant) async throws(OAuthError) -> PersonalClaims {
        guard
            let account = try await accessStore(
                .account,
                { store throws(StoreFailure) in
                    try await store.account(grant.account)
                })
        else { throw .claimsUnreadable }
        return try PersonalClaims(of: account, as: grant.provider)
    }

    /// Ends a grant for good, and writes the event with it.
    ///
    /// - Returns: Whether it did; false if another changed the grant meanwhile.
    func end(_ grant: Grant, recording event: AuditEvent) async throws(OAuthError) -> Bool {
        var ended = grant
        ended.version += 1
        ended.isRevoked = true
        // The last write of its request, which a login may have kept for longer than a store call may take.
        return try await accessStore(.replaceGrant, isVerdict: true) { [ended] store throws(StoreFailure) in
            try await store.replace(ended, recording: event)
        }
    }
}

extension OAuthError {
    /// Others keep changing the grant.
    static var contended: OAuthError {
        OAuthError(BrokerError(.unavailable, "The grant is being changed by others. Try again later."))
    }
}
