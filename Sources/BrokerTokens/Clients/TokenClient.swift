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

    /// What a client may get tokens for unless it is told otherwise: a provider's credential and its own refresh tokens.
    public static let standardGrants: Set<GrantType> = [.tokenExchange, .refreshToken]

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
    /// The resource servers that it may get access tokens for; at least one, unless it gets no tokens.
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
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what is wrong: an id or an
    ///   audience that is not 1 to 255 characters of visible ASCII, no audience for a client with grants or one twice,
    ///   no secret or more than 8 of them, a secret of fewer than 16 bytes or with other characters than printable
    ///   ASCII, a public client that exchanges tickets without accepting the risk or that introspects tokens, web
    ///   origins for a client that is not public, a redirect URI that is neither https nor leads to this machine nor has
    ///   a private-use scheme, authorization codes without a redirect URI, or a public client without PKCE.
    public init(
        id: String,
        displayName: String? = nil,
        authentication: Authentication,
        grants: Set<GrantType> = Self.standardGrants,
        audiences: [String],
        providers: Set<ProviderID>? = nil,
        signingAlgorithm: SigningAlgorithm = .es256,
        redeemsTicketsWithoutAuthentication: Bool = false,
        introspects: Set<String> = [],
        corsOrigins: Set<String> = [],
        authorization: AuthorizationSettings = AuthorizationSettings()
    ) throws(BrokerError) {
        guard id.isVisibleASCIIName else {
            throw .misconfigured("A client's id must be 1 to 255 characters of visible ASCII.")
        }
        guard !audiences.isEmpty || grants.isEmpty, audiences.allSatisfy(\.isVisibleASCIIName),
            Set(audiences).count == audiences.count
        else {
            throw .misconfigured(
                "The client \(id) needs at least one audience, each of 1 to 255 characters of visible ASCII, none twice."
            )
        }
        switch authentication {
        case .secrets(let secrets):
            try Self.check(secrets, of: id)
        case .keys(let keys):
            try Self.check(keys, of: id)
        case .none:
            guard redeemsTicketsWithoutAuthentication || !grants.contains(.tokenExchange) else {
                throw .misconfigured(
                    """
                    The client \(id) has no secret and may exchange tickets. A ticket names no app: one that a rogue app \
                    got hold of would sign its user in. Give the client a secret, or switch the risk on.
                    """
                )
            }
        }
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
        guard introspects.allSatisfy(\.isVisibleASCIIName) else {
            throw .misconfigured(
                """
                The client \(id) asks about tokens on behalf of a resource server whose name is not 1 to 255 characters of \
                visible ASCII.
                """
            )
        }
        guard introspects.isEmpty || isConfidential else {
            throw .misconfigured("The client \(id) has no secret, and only a client with one may ask about tokens.")
        }
        guard corsOrigins.isEmpty || !isConfidential else {
            throw .misconfigured(
                "The client \(id) has a secret, which a page in a browser cannot keep. Leave out its origins.")
        }
        guard !grants.contains(.authorizationCode) || !redirectURIs.isEmpty else {
            throw .misconfigured("The client \(id) may get authorization codes and has no redirect URI to get them at.")
        }
        guard authorization.pkce == .required || isConfidential else {
            throw .misconfigured(
                "The client \(id) has no secret, so it needs PKCE: nothing else binds its codes to it.")
        }
    }

    private static func check(_ secrets: [Secret], of id: String) throws(BrokerError) {
        guard (1...mostSecrets).contains(secrets.count) else {
            throw .misconfigured("The client \(id) needs 1 to \(mostSecrets) secrets.")
        }
        for secret in secrets {
            switch ClientSecretFlaw(in: secret) {
            case nil: break
            case .tooShort:
                throw .misconfigured(
                    """
                    A secret of the client \(id) has \(secret.byteCount) bytes and needs at least \
                    \(ClientSecretFlaw.minimumBytes). Make one with: openssl rand -base64 32
                    """
                )
            case .notPrintableASCII:
                throw .misconfigured("A secret of the client \(id) holds characters other than printable ASCII.")
            }
        }
    }

    private static func check(_ keys: [JSONWebKey], of id: String) throws(BrokerError) {
        guard (1...mostSecrets).contains(keys.count), Set(keys.map(\.thumbprint)).count == keys.count else {
            throw .misconfigured("The client \(id) needs 1 to \(mostSecrets) keys, none twice.")
        }
        guard keys.allSatisfy({ VerificationKey($0) != nil }) else {
            throw .misconfigured("A key of the client \(id) verifies no signature: give one of RSA, EC or Ed25519.")
        }
    }

    /// Whether it has something to authenticate with.
    var isConfidential: Bool {
        switch authentication {
        case .secrets, .keys: true
        case .none: false
        }
    }

    /// Whether it may introspect a token for these audiences: as one of them, or on their behalf.
    func mayIntrospect(_ token: AccessToken) -> Bool {
        token.client == id || token.audiences.contains { $0 == id || introspects.contains($0) }
    }

    /// How its ID tokens are signed. A client without redirect URIs gets them as it always did, by its tokens' algorithm.
    var idTokenAlgorithm: SigningAlgorithm {
        redirectURIs.isEmpty ? signingAlgorithm : authorization.idTokenAlgorithm
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

/// A way for a client to get tokens, as `grant_type` names it (RFC 6749 §4).
public struct GrantType: RawRepresentable, Sendable, Hashable {
    /// The name or URN.
    public let rawValue: String

    /// Names a grant type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Exchanges an upstream's credential for tokens (RFC 8693 §2.1).
    public static let tokenExchange = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:token-exchange")
    /// Exchanges a refresh token for fresh tokens (RFC 6749 §6).
    public static let refreshToken = GrantType(rawValue: "refresh_token")
    /// Exchanges an authorization code for tokens (RFC 6749 §4.1.3).
    public static let authorizationCode = GrantType(rawValue: "authorization_code")
}

extension GrantType {
    /// Those that a client may be given, in the order in which they are listed.
    package static let all: [GrantType] = [.tokenExchange, .refreshToken]

    private static let registeredPrefix = "urn:ietf:params:oauth:grant-type:"

    /// What configuration calls it: the name without the prefix of registered ones, in snake case.
    package var configurationName: String {
        rawValue.replacing(Self.registeredPrefix, with: "").replacing("-", with: "_")
    }

    /// The grant type that configuration calls by this name; nil for none.
    package init?(configurationName name: String) {
        guard let grant = Self.all.first(where: { $0.configurationName == name }) else { return nil }
        self = grant
    }
}
