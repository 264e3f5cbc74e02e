import Foundation
package import IdentityBroker
import Logging

/// A client's request to redeem an authorization code (RFC 6749 §4.1.3).
package struct CodeRequest: Sendable {
    /// The client that asks.
    package let client: AuthenticatedClient
    /// The code as received.
    package let code: Secret
    /// `redirect_uri`, as received.
    package let redirectURI: String
    /// `code_verifier`, as received; nil if there was none.
    package let verifier: Secret?
    /// Every `audience` and `resource` parameter: at most what was granted; empty for all of it.
    package let audiences: [String]

    package init(
        client: AuthenticatedClient,
        code: Secret,
        redirectURI: String,
        verifier: Secret?,
        audiences: [String] = []
    ) {
        self.client = client
        self.code = code
        self.redirectURI = redirectURI
        self.verifier = verifier
        self.audiences = audiences
    }
}

extension TokenService {
    /// Gives a client tokens for an authorization code, and uses it up (RFC 6749 §4.1.3, OpenID Connect Core §3.1.3).
    ///
    /// The code is marked as used, and the grant put, in one commit. A second use ends the grant (RFC 6749 §4.1.2).
    ///
    /// - Throws: ``OAuthError``: `invalid_grant` for a code that is invalid, expired, used, of another client or redirect
    ///   URI, or without its verifier; `invalid_target` for more than was granted; `unauthorized_client`.
    package func redeem(_ request: CodeRequest) async throws(OAuthError) -> IssuedTokens {
        let client = request.client.client
        let action = begin(.authorizationCode, by: client.id, presenting: "code")
        return try await perform(action) { action throws(OAuthError) in
            guard client.grants.contains(.authorizationCode) else {
                throw OAuthError(.unauthorizedClient, "The client may not redeem authorization codes.")
            }
            guard let code = AuthorizationCode(request.code) else { throw .codeRefused }
            // The loser of a race reads the code again as the winner left it.
            for _ in 0..<Self.attempts {
                let redemption = CodeRedemption(
                    client: try clients.current(request.client), redirectURI: request.redirectURI,
                    verifier: request.verifier, audiences: request.audiences)
                if let tokens = try await redeem(code, redemption, recording: &action) { return tokens }
            }
            throw .contended
        }
    }

    /// - Returns: Nil if another changed the code or what it hangs on meanwhile.
    private func redeem(
        _ code: AuthorizationCode,
        _ redemption: CodeRedemption,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> IssuedTokens? {
        let now = clock.now()
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(IssuedCode.self, code.recordID, at: now)
        }
        guard let record, let account = record.owners.compactMap(\.account).first else { throw .codeRefused }
        let standing = ProviderID(record.body.provider).map(broker.standing) ?? .absent
        switch redemption.verdict(on: record.body, ofProvider: standing) {
        case .refuse(let error):
            throw error
        case .revoke(let grant):
            try await endGrant(grant, ofCodeUsedTwiceBy: redemption.client, at: now, recording: &action)
        case .issue(let provider, let permission):
            return try await issue(permission, at: provider, to: account, for: record, redemption, now, &action)
        }
        return nil
    }

    private func issue(
        _ permission: Permission,
        at provider: ProviderID,
        to account: AccountID,
        for code: Record<IssuedCode>,
        _ redemption: CodeRedemption,
        _ now: Date,
        _ action: inout TokenAction
    ) async throws(OAuthError) -> IssuedTokens? {
        let (client, body) = (redemption.client, code.body)
        let subject = GrantSubject(
            account: account, provider: provider, login: body.login, permission: permission, claims: body.claims)
        let proposed = propose(subject, for: client, at: now)
        let stored = proposed.stored
        action.grant = stored
        let tokens = try await tokens(for: proposed, permission, to: client, nonce: body.nonce, at: now)
        var used = code.next(body.redeemed(for: stored.id))
        used.expiry = now + IssuedCode.memory
        let (next, event) = (used, event(of: action, nil, .spent))
        let required = Session.requirement(stored.grant.session)
        let isDone = try await commit(at: now) { () throws(StoreFailure) in
            [try next.put(), try stored.record.put(), .append(event)] + required
        }
        guard isDone else {
            action.grant = nil
            // Without its session there is nothing to try again.
            guard try await hasSession(stored.grant) else { throw .codeRefused }
            return nil
        }
        return tokens
    }

    /// Ends the grant of a code that was presented twice, and refuses the second use.
    private func endGrant(
        _ id: UUID,
        ofCodeUsedTwiceBy client: TokenClient,
        at now: Date,
        recording action: inout TokenAction
    ) async throws(OAuthError) {
        guard let grant = try await grant(id, at: now), !grant.grant.isRevoked else { throw .codeRefused }
        action.grant = grant
        let event = event(of: action, .codeRefused, .spent, notices: ["authorization_code_reused"])
        guard try await end(grant, recording: event) else { return }
        action.isRecorded = true
        logger.warning(
            "an authorization code was used twice, and its grant ended: someone may have a copy",
            metadata: ["broker.request": "\(action.id)", "broker.client": "\(client.id)"])
        throw .codeRefused
    }
}
