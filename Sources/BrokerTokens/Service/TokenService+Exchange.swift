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
    /// Everything that can fail without the credential is checked before it is presented. Afterwards only signing is
    /// left: if that fails, the credential stays spent, since it could not be presented again anyway.
    ///
    /// - Throws: ``OAuthError``: `unauthorized_client`, `invalid_request` for a provider that is not available to this
    ///   client, `invalid_scope`, `invalid_target`, or what ``OAuthError/init(_:)`` makes of the login's failure.
    public func exchange(_ request: ExchangeRequest) async throws(OAuthError) -> IssuedTokens {
        let client = request.client.client
        let action = begin(.tokenExchange, by: client.id, presenting: request.credential.kind.rawValue)
        return try await perform(action) { action throws(OAuthError) in
            let permission = try check(request, of: client)
            let key = try signingKey(for: client)
            let (proposal, refreshToken) = propose(permission, for: client)
            let signedIn: SignedIn
            do throws(BrokerError) {
                signedIn = try await broker.signIn(
                    request.provider, with: request.credential, from: request.caller, client: client.id,
                    opening: proposal, for: request.requester)
            } catch {
                // The failed login is on record, with the client's id.
                action.isRecorded = true
                throw OAuthError(error)
            }
            action.grant = signedIn.grant
            action.fate = .spent
            guard let grant = signedIn.grant else {
                throw OAuthError(
                    BrokerError(.internalError, "The login opened no grant. This is a defect of the broker."))
            }
            let claims = permission.scope.scopes.contains(.openid) ? PersonalClaims(signedIn.identity.claims) : nil
            return try mint(with: key, at: clock.now())
                .tokens(for: permission, of: grant, claims: claims, refreshToken: refreshToken)
        }
    }

    private func check(_ request: ExchangeRequest, of client: TokenClient) throws(OAuthError) -> Permission {
        guard client.grants.contains(.tokenExchange) else {
            throw OAuthError(.unauthorizedClient, "The client may not exchange credentials for tokens.")
        }
        guard client.mayUse(request.provider) else {
            // In the broker's words for a provider that does not exist, so that a client learns nothing about what
            // others use.
            throw OAuthError(
                BrokerError(.unknownProvider, "There is no provider '\(request.provider)'. Check its id."))
        }
        if let accepted = broker.credentialKinds(of: request.provider), !accepted.contains(request.credential.kind) {
            let types = accepted.map(\.subjectTokenType).joined(separator: ", ")
            throw OAuthError(
                .invalidRequest, "The provider does not accept this subject_token_type. It accepts: \(types).")
        }
        return try Permission(request.scope, request.audiences, for: client)
    }

    /// The grant to open, and the first refresh token if the client may refresh.
    private func propose(
        _ permission: Permission,
        for client: TokenClient
    ) -> (GrantProposal, RefreshToken?) {
        let (id, now) = (identifiers.next(), clock.now())
        let refreshToken = client.grants.contains(.refreshToken) ? RefreshToken.first(of: id, randomness) : nil
        let end = now + (refreshToken == nil ? lifetimes.longest : lifetimes.refreshAbsolute)
        let details = GrantDetails(
            scope: permission.scope,
            audiences: permission.audiences,
            end: end,
            refresh: refreshToken.map(RefreshFamily.init)
        )
        let proposal = GrantProposal(
            id: id,
            client: client.id,
            expiry: lifetimes.expiry(ofGrantUsedAt: now, endingAt: end),
            details: details.text
        )
        return (proposal, refreshToken)
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
