import Foundation
public import IdentityBroker

/// A token exchange (RFC 8693 §2.1): an upstream's credential for the broker's tokens.
public struct ExchangeRequest: Sendable {
    /// The client that asks.
    public let client: AuthenticatedClient
    /// Which provider instance the credential is for.
    public let provider: ProviderID
    /// The credential.
    public let credential: Credential
    /// The `scope` parameter as received; nil if there was none.
    public let scope: String?
    /// Every `audience` and `resource` parameter; empty for the client's only one.
    public let audiences: [String]
    /// The caller, if a limit on each caller's rate applies.
    public let caller: CallerKey?
    /// The requester that waits for the answer.
    package var requester: (any LoginRequester)?

    /// Creates a request.
    public init(
        client: AuthenticatedClient,
        provider: ProviderID,
        credential: Credential,
        scope: String? = nil,
        audiences: [String] = [],
        caller: CallerKey? = nil
    ) {
        self.client = client
        self.provider = provider
        self.credential = credential
        self.scope = scope
        self.audiences = audiences
        self.caller = caller
    }
}

extension TokenService {
    /// Signs a person in with an upstream's credential, and gives the client tokens (RFC 8693 §2).
    ///
    /// Everything that can fail without the credential is checked before it is presented. The login may take minutes, so
    /// the client is checked once more before it gets tokens, which are signed with the key of that moment: one that has
    /// been removed or restricted meanwhile gets none, and its grant ends.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client`, `invalid_request` for a provider that is not available to this
    ///   client, `invalid_scope`, `invalid_target`, `invalid_grant` for a nonce that a public client was not given, or
    ///   what ``OAuthError/init(_:)`` makes of the login's failure.
    public func exchange(_ request: ExchangeRequest) async throws(OAuthError) -> IssuedTokens {
        let client = request.client.client
        let action = begin(.tokenExchange, by: client.id, presenting: request.credential.kind.rawValue)
        return try await perform(action) { action throws(OAuthError) in
            let permission = try check(request, of: client)
            _ = try mintKeys(for: client)
            let nonce = try await standingNonce(of: request)
            let proposal = propose(permission, for: client, at: request.provider)
            let signedIn: SignedIn
            do throws(BrokerError) {
                signedIn = try await broker.signIn(
                    request.provider, with: request.credential, from: request.caller, client: client.id,
                    putting: [proposal.record], for: request.requester, sampling: strangerLogins(of: client),
                    consuming: nonce)
            } catch {
                // The failed login is on record, with the client's id, or counted.
                action.isRecorded = true
                throw OAuthError(error)
            }
            let grant = StoredGrant(
                proposal.grant, id: proposal.id, account: signedIn.account, expiry: proposal.expiry)
            action.grant = grant
            action.fate = .spent
            let claims = permission.scope.scopes.contains(.openid) ? PersonalClaims(signedIn.identity.claims) : nil
            do throws(OAuthError) {
                let client = try standingClient(
                    of: request, permitting: permission, refreshes: proposal.refreshToken != nil)
                return try mint(for: client, at: clock.now())
                    .tokens(
                        for: permission, of: grant, stating: claims.map { IDTokenContents($0) },
                        refreshToken: proposal.refreshToken)
            } catch {
                throw try await end(grant, because: error.withCredentialSpent(), recording: &action)
            }
        }
    }

    /// Ends a grant whose tokens the client does not get.
    ///
    /// - Returns: The reason.
    private func end(
        _ grant: StoredGrant,
        because reason: OAuthError,
        recording action: inout TokenAction
    ) async throws(OAuthError) -> OAuthError {
        do throws(OAuthError) {
            action.isRecorded = try await end(grant, recording: event(of: action, reason, .spent))
            return reason
        } catch {
            throw error.withCredentialSpent()
        }
    }

    /// The client as it is configured now.
    ///
    /// - Throws: ``OAuthError`` if it was removed or restricted since the request began.
    private func standingClient(
        of request: ExchangeRequest,
        permitting permission: Permission,
        refreshes: Bool
    ) throws(OAuthError) -> TokenClient {
        let client = try clients.current(request.client)
        guard try check(request, of: client) == permission else {
            throw OAuthError(.invalidTarget, "The client's audience was changed during the login.")
        }
        guard client.grants.contains(.refreshToken) || !refreshes else {
            throw OAuthError(.unauthorizedClient, "The client may no longer refresh tokens.")
        }
        return client
    }

    /// Checks that a client may exchange credentials for tokens, and those of this provider.
    func check(_ client: TokenClient, mayExchangeAt provider: ProviderID) throws(OAuthError) {
        guard client.grants.contains(.tokenExchange) else {
            throw OAuthError(.unauthorizedClient, "The client may not exchange credentials for tokens.")
        }
        // A client learns nothing about what others use.
        guard client.mayUse(provider) else { throw .unknown(provider) }
    }

    private func check(_ request: ExchangeRequest, of client: TokenClient) throws(OAuthError) -> Permission {
        try check(client, mayExchangeAt: request.provider)
        if let accepted = broker.credentialKinds(of: request.provider), !accepted.contains(request.credential.kind) {
            let types = accepted.map(\.subjectTokenType).joined(separator: ", ")
            throw OAuthError(
                .invalidRequest,
                accepted.isEmpty
                    ? "The provider accepts no subject_token: its logins go through a browser."
                    : "The provider does not accept this subject_token_type. It accepts: \(types).")
        }
        return try Permission(request.scope, request.audiences, for: client)
    }

    /// The grant to open, and the first refresh token if the client may refresh.
    private func propose(
        _ permission: Permission,
        for client: TokenClient,
        at provider: ProviderID
    ) -> GrantProposal {
        let (id, now) = (identifiers.next(), clock.now())
        let refreshToken = client.grants.contains(.refreshToken) ? RefreshToken.first(of: id, randomness) : nil
        let end = now + (refreshToken == nil ? lifetimes.longest : lifetimes.refreshAbsolute)
        let grant = Grant(
            client: client.id,
            provider: provider,
            opened: now,
            scope: permission.scope,
            audiences: permission.audiences,
            end: end,
            refresh: refreshToken.map(RefreshFamily.init)
        )
        return GrantProposal(
            id: id, grant: grant, expiry: lifetimes.expiry(ofGrantUsedAt: now, endingAt: end),
            refreshToken: refreshToken)
    }
}

/// The grant to put once its login has succeeded.
private struct GrantProposal {
    let id: UUID
    let grant: Grant
    let expiry: Date
    let refreshToken: RefreshToken?

    var record: StoredRecord {
        StoredRecord(key: Grant.key(RecordID(id)), expiry: expiry, body: grant.recordBody())
    }
}

extension OAuthError {
    /// The broker's words for a provider that does not exist.
    static func unknown(_ provider: ProviderID) -> OAuthError {
        OAuthError(BrokerError(.unknownProvider, "There is no provider '\(provider)'. Check its id."))
    }
}

/// The identifiers of credentials in a token exchange (RFC 8693 §3): the registered one for an ID token, one of the broker's own
/// for any other kind.
extension CredentialKind {
    private static let prefix = "urn:identity-broker:token-type:"
    private static let registered: [CredentialKind: String] = [
        .idToken: "urn:ietf:params:oauth:token-type:id_token"
    ]
    /// Shorter names than the kind's own.
    private static let names: [CredentialKind: String] = [.authorizationCode: "code"]

    /// The kind as a `subject_token_type`.
    package var subjectTokenType: String {
        Self.registered[self] ?? Self.prefix + (Self.names[self] ?? rawValue)
    }

    /// The kind that a `subject_token_type` identifies; nil for none.
    package init?(subjectTokenType text: String) {
        let kind =
            Self.registered.first { $0.value == text }?.key
            ?? Self.names.first { Self.prefix + $0.value == text }?.key
            ?? CredentialKind(rawValue: String(text.dropFirst(Self.prefix.count)))
        // Each kind has one identifier.
        guard kind.subjectTokenType == text, kind.isIdentifiable else { return nil }
        self = kind
    }
}
