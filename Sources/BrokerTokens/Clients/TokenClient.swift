public import IdentityBroker
public import JOSE

/// A client: an app that trusts the broker's tokens, and what it may ask for.
public struct TokenClient: Sendable {
    /// How a client authenticates.
    public enum Authentication: Sendable {
        /// With any one of the secrets that it shares with the broker, so that it can switch to another without an
        /// outage: 1 to 8, each of at least 16 printable ASCII characters (RFC 6749 App. A.2).
        case secrets([Secret])
        /// With a statement that it signs with the private half of one of these keys, 1 to 8 (`private_key_jwt`, OpenID
        /// Connect Core §9).
        case keys([JSONWebKey])
        /// Not at all: an app that runs where it cannot keep a secret (RFC 6749 §2.1).
        case none

        /// With a secret that it shares with the broker.
        public static func secret(_ secret: Secret) -> Authentication { .secrets([secret]) }
    }

    /// What a client without redirect URIs may get tokens for unless it is told otherwise: a provider's credential and its
    /// own refresh tokens.
    public static let standardGrants: Set<GrantType> = [.tokenExchange, .refreshToken]

    /// What a client with redirect URIs may get tokens for unless it is told otherwise: an authorization code and its own
    /// refresh tokens.
    public static let standardInteractiveGrants: Set<GrantType> = [.authorizationCode, .refreshToken]

    /// How many secrets a client may have.
    public static let mostSecrets = ClientSecretFlaw.mostSecrets

    /// The client's id.
    public let id: String
    /// The name for people.
    public let displayName: String
    /// How the client authenticates.
    public let authentication: Authentication
    /// How it may get tokens.
    public let grants: Set<GrantType>
    /// The resource servers that it may get access tokens for; at least one, unless it gets no tokens, or only signs people
    /// in: without any, its access tokens are for the issuer, that is for userinfo.
    public let audiences: [String]
    /// The provider instances that it may use; nil for all.
    public let providers: Set<ProviderID>?
    /// How its tokens are signed.
    public let signingAlgorithm: SigningAlgorithm
    /// Whether anyone who claims to be this public client may exchange a ticket. A ticket does not name an app, so a
    /// rogue app that obtains one could sign its user in.
    public let redeemsTicketsWithoutAuthentication: Bool
    /// The resource servers on whose behalf it may introspect tokens (RFC 7662 §2.1): it is one of them, or acts for
    /// them.
    public let introspects: Set<String>
    /// The web origins whose pages may use the service as this client (Fetch Standard, CORS).
    public let corsOrigins: Set<String>
    /// How it uses the authorization endpoint.
    public let authorization: AuthorizationSettings

    /// The redirect URIs of ``authorization``.
    let redirectURIs: [RedirectURI]
    /// Those for logout.
    let postLogoutRedirectURIs: [RedirectURI]

    /// Describes a client.
    ///
    /// - Parameter grants: How it may get tokens; nil for ``standardInteractiveGrants`` if it has redirect URIs, and for
    ///   ``standardGrants`` if not.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what is wrong: an id or an
    ///   audience that is not 1 to 255 characters of visible ASCII, an id in the form of an account's, no audience for a
    ///   client that needs one or one twice, no secret or more than 8 of them, a secret of fewer than 16 bytes or with
    ///   other characters than printable ASCII, a key that verifies no signature, a public client that exchanges tickets
    ///   without accepting the risk, that introspects tokens or gets tokens of its own, web origins for a client that is
    ///   not public, a redirect URI that is neither https nor leads to this machine nor has a private-use scheme,
    ///   authorization codes without a redirect URI, or a public client without PKCE.
    public init(
        id: String,
        displayName: String? = nil,
        authentication: Authentication,
        grants: Set<GrantType>? = nil,
        audiences: [String],
        providers: Set<ProviderID>? = nil,
        signingAlgorithm: SigningAlgorithm = .es256,
        redeemsTicketsWithoutAuthentication: Bool = false,
        introspects: Set<String> = [],
        corsOrigins: Set<String> = [],
        authorization: AuthorizationSettings = AuthorizationSettings()
    ) throws(BrokerError) {
        let grants =
            grants ?? (authorization.redirectURIs.isEmpty ? Self.standardGrants : Self.standardInteractiveGrants)
        try Self.checkNames(id, audiences, for: grants)
        try Self.check(authentication, of: id)
        self.id = id
        self.displayName = displayName ?? id
        self.authentication = authentication
        self.grants = grants
        self.audiences = audiences
        self.providers = providers
        self.signingAlgorithm = signingAlgorithm
        self.redeemsTicketsWithoutAuthentication = redeemsTicketsWithoutAuthentication
        self.introspects = introspects
        self.corsOrigins = corsOrigins
        self.authorization = authorization
        (redirectURIs, postLogoutRedirectURIs) = try authorization.readURIs(of: id)
        try checkNamesOfOthers()
        try checkStanding()
        guard !grants.contains(.authorizationCode) || !redirectURIs.isEmpty else {
            throw .misconfigured("The client \(id) may get authorization codes and has no redirect URI to get them at.")
        }
    }

    /// Whether it has something to authenticate with.
    package var isConfidential: Bool {
        switch authentication {
        case .secrets, .keys: true
        case .none: false
        }
    }

    /// Whether it may introspect a token for these audiences: as one of them, or on their behalf.
    func mayIntrospect(_ token: AccessToken) -> Bool {
        token.client == id || token.audiences.contains { $0 == id || introspects.contains($0) }
    }

    /// How its ID tokens are signed. A client for which people sign in elsewhere gets them as it always did, by its tokens'
    /// algorithm.
    var idTokenAlgorithm: SigningAlgorithm {
        redirectURIs.isEmpty && !grants.areInteractive ? signingAlgorithm : authorization.idTokenAlgorithm
    }

    /// The redirect URI that it means by the one of a request; nil for none.
    func redirectURI(matching requested: String) -> RedirectURI? {
        redirectURIs.first { $0.matches(requested, isNative: authorization.isNative) }
    }

    /// Whether it may use the instance.
    func mayUse(_ provider: ProviderID) -> Bool {
        providers?.contains(provider) ?? true
    }
}
