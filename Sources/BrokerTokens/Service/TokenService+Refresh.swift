import Foundation
public import IdentityBroker
import Logging

/// A refresh (RFC 6749 §6): a refresh token for fresh tokens.
public struct RefreshRequest: Sendable {
    /// The client that asks.
    public let client: AuthenticatedClient
    /// The refresh token as received.
    public let refreshToken: Secret
    /// The `scope` parameter as received: at most what was granted; nil for all of it.
    public let scope: String?
    /// Every `audience` and `resource` parameter: at most what was granted; empty for all of it.
    public let audiences: [String]

    /// Creates a request.
    public init(
        client: AuthenticatedClient,
        refreshToken: Secret,
        scope: String? = nil,
        audiences: [String] = []
    ) {
        self.client = client
        self.refreshToken = refreshToken
        self.scope = scope
        self.audiences = audiences
    }
}

extension TokenService {
    /// Gives a client fresh tokens for a refresh token, and uses it up (RFC 6749 §6, RFC 9700 §4.14.2).
    ///
    /// A token that was used before ends the grant, unless it is the one before the current one and its answer may have
    /// been lost: the client then gets the refresh token of that answer again.
    ///
    /// - Throws: ``OAuthError``: `invalid_grant` for a token that is invalid, expired, or of another client;
    ///   `invalid_scope` or `invalid_target` for more than was granted; `unauthorized_client`;
    ///   `temporarily_unavailable` while the provider is disabled, which leaves grant and token unchanged.
    public func refresh(_ request: RefreshRequest) async throws(OAuthError) -> IssuedTokens {
        let client = request.client.client
        let action = begin(.refresh, by: client.id, presenting: "refresh_token")
        return try await perform(action) { action throws(OAuthError) in
            guard client.grants.contains(.refreshToken) else {
                throw OAuthError(.unauthorizedClient, "The client may not refresh tokens.")
            }
            let scope = try request.scope.map { text throws(OAuthError) in try ScopeList(text, allowsOffline: true) }
            guard let token = RefreshToken(request.refreshToken) else { throw .refreshRefused }
            // The loser of a race reads the grant again as the winner left it.
            for _ in 0..<Self.attempts {
                let attempt = RefreshAttempt(
                    token: token, client: client, scope: scope, audiences: request.audiences,
                    salt: randomness.bytes(32), now: clock.now(), grace: lifetimes.refreshGrace,
                    longestLife: lifetimes.refreshAbsolute)
                if let tokens = try await settle(attempt, recording: &action) { return tokens }
            }
            throw .contended
        }
    }

    /// - Returns: Nil if another changed the grant meanwhile.
    private func settle(
        _ attempt: RefreshAttempt,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> IssuedTokens? {
        guard let grant = try await grant(attempt.token.grant, at: attempt.now) else { throw .refreshRefused }
        action.grant = grant
        guard try await hasSession(grant.grant) else { throw .refreshRefused }
        let standing = broker.standing(of: grant.grant.provider)
        switch attempt.verdict(on: grant.grant, expiringAt: grant.expiry, ofProvider: standing) {
        case .refuse(let error):
            throw error
        case .revoke:
            guard
                try await end(
                    grant, recording: event(of: action, .refreshRefused, .spent, notices: ["refresh_token_reused"]))
            else { return nil }
            action.isRecorded = true
            logger.warning(
                "a refresh token was used twice, and its grant ended: someone may have a copy",
                metadata: ["broker.request": "\(action.id)", "broker.client": "\(grant.grant.client)"])
            throw .refreshRefused
        case .repeated(let permission, let successor):
            let tokens = try await tokens(attempt, permission, grant, successor)
            let event = event(of: action, nil, .spent, notices: ["refresh_repeated"])
            try await append(event)
            return tokens
        case .rotate(let permission, let used, let successor):
            // It is kept from its latest use, so that setting a clock back for a while does not end it.
            let next = grant.next(
                used,
                expiry: lifetimes.expiry(ofGrantUsedAt: used.lastUse ?? attempt.now, endingAt: used.end))
            let tokens = try await tokens(attempt, permission, next, successor)
            let event = event(of: action, nil, .spent)
            let isDone = try await replace(
                with: next, requiring: used.session, recording: event, at: attempt.now)
            return isDone ? tokens : nil
        }
    }

    private func tokens(
        _ attempt: RefreshAttempt,
        _ permission: Permission,
        _ grant: StoredGrant,
        _ successor: RefreshToken
    ) async throws(OAuthError) -> IssuedTokens {
        let contents = try await idTokenContents(for: permission, of: grant, to: attempt.client)
        return try mint(for: attempt.client, at: attempt.now)
            .tokens(for: permission, of: grant, stating: contents, refreshToken: successor)
    }
}
