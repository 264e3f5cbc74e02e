public import IdentityBroker

/// A client: an app that trusts the broker's tokens, and what it may ask for.
public struct TokenClient: Sendable {
    /// How a client shows that it is itself.
    public enum Authentication: Sendable {
        /// With a secret of at least 16 bytes that it shares with the broker.
        case secret(Secret)
        /// Not at all: an app that runs where nobody can keep a secret (RFC 6749 §2.1).
        case none
    }

    /// The client's id.
    public let id: String
    /// The name for people.
    public let displayName: String
    /// How it shows that it is itself.
    public let authentication: Authentication
    /// How it may get tokens.
    public let grants: Set<GrantType>
    /// The resource servers that it may get access tokens for; at least one.
    public let audiences: [String]
    /// The provider instances that it may use; nil for all.
    public let providers: Set<ProviderID>?
    /// How its tokens are signed.
    public let signingAlgorithm: SigningAlgorithm
    /// Whether anybody who says to be this public client may exchange a ticket. A ticket names no app, so that one which a
    /// rogue app got hold of would sign its user in there.
    public let redeemsTicketsWithoutAuthentication: Bool

    private static let minimumSecretBytes = 16

    /// Describes a client.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that says what is wrong: an id or an audience
    ///   that is not 1 to 255 characters of visible ASCII, no audience or one twice, a secret of fewer than 16 bytes, or a
    ///   public client that is to exchange tickets without the risk being switched on.
    public init(
        id: String,
        displayName: String? = nil,
        authentication: Authentication,
        grants: Set<GrantType> = [.tokenExchange, .refreshToken],
        audiences: [String],
        providers: Set<ProviderID>? = nil,
        signingAlgorithm: SigningAlgorithm = .es256,
        redeemsTicketsWithoutAuthentication: Bool = false
    ) throws(BrokerError) {
        guard Self.isName(id) else {
            throw .misconfigured("A client's id has to be 1 to 255 characters of visible ASCII.")
        }
        guard !audiences.isEmpty, audiences.allSatisfy(Self.isName), Set(audiences).count == audiences.count else {
            throw .misconfigured(
                "The client \(id) needs at least one audience, each of 1 to 255 characters of visible ASCII, none twice."
            )
        }
        switch authentication {
        case .secret(let secret):
            guard secret.byteCount >= Self.minimumSecretBytes else {
                throw .misconfigured(
                    """
                    The secret of the client \(id) has \(secret.byteCount) bytes and needs at least \
                    \(Self.minimumSecretBytes). Make one with: openssl rand -base64 32
                    """
                )
            }
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
    }

    private static func isName(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether it has a secret to authenticate with.
    var isConfidential: Bool {
        if case .secret = authentication { true } else { false }
    }

    /// Whether it may use the instance.
    func mayUse(_ provider: ProviderID) -> Bool {
        providers?.contains(provider) ?? true
    }
}
