import IdentityBroker

/// What a preset knows of its provider that no setting says.
struct Peculiarities: Sendable {
    /// Where the audience of a client's assertion is not the issuer.
    enum AssertionAudience: Sendable {
        case issuer
        case tokenEndpoint
    }

    /// How a provider takes a signed assertion in place of a secret.
    struct AssertionAsSecret: Sendable {
        /// The assertion's issuer.
        var issuer: String
        var keyId: String
        var key: SecretReference
    }

    /// Further parameters of the authorization request.
    var requestParameters: [(name: String, value: String)] = []
    /// Further parameters of the token request.
    var tokenParameters: [(name: String, value: String)] = []
    /// What error codes of the provider's own mean, or, where it has none, its messages.
    var errors: [String: BrokerError.Kind] = [:]
    /// The member of an error that has the code; a message is never shown.
    var errorMember = "error"
    /// The codes besides `access_denied` with which it says that the user did not agree.
    var cancellationCodes: Set<String> = []
    /// Whom a client's assertion is for, unless the settings say so.
    var assertionAudience = AssertionAudience.issuer
    /// Set where the client's secret is an assertion that it signs.
    var assertionAsSecret: AssertionAsSecret?
    /// Whether `email_verified` may be the text `true`.
    var writesBooleansAsText = false
    /// Whether contacts are verified if it says so.
    var verifiesContacts = true
    /// What an ID token says of itself in the claim `typ`, where other tokens have the same header; see
    /// ``SignedClaims/checkType(declaredAs:)``.
    var idTokenType: String?
    /// Whether it posts the person's name in the parameter `user`, once and outside of any token.
    var postsName = false
    /// Texts of claims that mean that the provider does not know, by claim.
    var unknowns: [String: String] = [:]
    /// Claims that become attributes of the identity, by the attribute's name.
    var attributes: [(name: String, claim: String)] = []
    /// How clients authenticate, where nothing is configured and the client can.
    var authMethod: ClientAuthenticationMethod?
    /// Whether it knows neither PKCE nor a nonce; see ``ProviderManifest/reliesOnStateAlone``.
    var reliesOnStateAlone = false
}
