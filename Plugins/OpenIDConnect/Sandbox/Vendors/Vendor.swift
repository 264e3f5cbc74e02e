import BrokerSandbox

/// How an OpenID provider differs from others, by its documentation.
struct Vendor: Sendable {
    /// The provider type that it is the upstream of.
    let type: String
    let displayName: String
    var clientId = "sandbox-client"
    /// The settings of an instance besides the client's, for an upstream at this base URL.
    var settings: @Sendable (_ base: String) -> [SandboxSetting] = { [SandboxSetting("issuer", .text($0))] }
    /// Where its discovery document is, after the base URL and before `/.well-known`.
    var path = ""
    /// What the discovery document calls the issuer, after the base URL.
    var issuerPath = ""
    /// What a person's ID tokens call it.
    var tokenIssuer: @Sendable (_ person: Person, _ issuer: String) -> String = { $1 }
    /// What it says of itself besides what all say.
    var document: Members = [:]
    var algorithm = SigningAlgorithm.rs256
    /// How its clients authenticate, in its order.
    var methods: [ClientMethod] = [.post]
    /// Set where the client's secret is an assertion with this issuer and key id.
    var signedSecret: (team: String, keyId: String)?
    /// Whether it returns nonces in ID tokens.
    var returnsNonce = true
    /// Whether native ID tokens have the nonce's SHA-256.
    var hashesNativeNonces = false
    var issuesNativeTokens = true
    /// Whether it takes pushed authorization requests (RFC 9126).
    var takesPushedRequests = false
    /// Whether it names itself in answers (RFC 9207).
    var namesItself = false
    /// Whether it posts answers as a form where it is asked to (OAuth 2.0 Form Post Response Mode).
    var takesFormPost = true
    /// Whether the answer is always posted as a form.
    var requiresFormPost = false
    /// What it does with PKCE (RFC 7636).
    var challenges = ChallengeRule.published
    /// Whether a browser can sign out there (OpenID Connect RP-Initiated Logout).
    var hasLogout = false
    /// The parameter without which a token request gets ID tokens signed with the client's secret.
    var keyParameter: (name: String, value: String)?
    /// Its id of a person.
    var subject: @Sendable (Person) -> String = { "24828976100\($0.number)" }
    /// The claims of an ID token besides those that all have.
    var claims: @Sendable (Consent) -> Members = { _ in [:] }
    /// The claims at its userinfo endpoint besides the subject; nil if it has none.
    var userInfo: (@Sendable (Consent) -> Members)?
    /// What an answer with tokens has besides them.
    var tokens: Members = ["token_type": "Bearer", "expires_in": 3600]
    /// What is posted beside the code at a person's first login alone.
    var firstPost: (@Sendable (Person) -> [String: String])?
    /// The error of a person who does not agree.
    var cancellation = "access_denied"
    var refusal: @Sendable (Refusal) -> VendorAnswer = { $0.standard }

    /// The path of a kind of endpoint, below the base URL.
    static func path(of endpoint: SandboxEndpoint) -> String { "/\(endpoint.rawValue)" }
}

/// What a provider does with PKCE (RFC 7636).
enum ChallengeRule: Sendable, Hashable {
    /// It checks code verifiers, and its discovery document says so.
    case published
    /// It checks them, and says nothing of it.
    case unpublished
    /// It takes a verifier for a sign of a wrong client.
    case refused
}

/// What a person agreed to, or presents in an app.
struct Consent: Sendable {
    let person: Person
    /// The parameters of the authorization request; those of a native login are its nonce alone.
    let parameters: [String: String]
    /// Whether an app got the ID token itself.
    let isNative: Bool

    /// The scopes that were asked for; all of them in an app.
    func has(_ scope: String) -> Bool {
        isNative || (parameters["scope"] ?? "").split(separator: " ").contains { $0 == scope }
    }
}

/// The endpoints of an OpenID provider, by the last segment of their paths.
enum SandboxEndpoint: String, Sendable, CaseIterable {
    /// For browsers.
    case authorize, logout
    /// For the client.
    case keys, token, userinfo, par
    /// The sandbox's own: native ID tokens.
    case idToken = "sandbox/id-token"

    /// Whether a person's browser opens it.
    var isForBrowsers: Bool { self == .authorize || self == .logout }
}
