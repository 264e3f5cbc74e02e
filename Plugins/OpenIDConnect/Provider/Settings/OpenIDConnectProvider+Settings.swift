public import IdentityBroker
public import JOSE

extension OpenIDConnectProvider {
    /// The settings under `settings:` of an instance of type `oidc`. ``issuer`` and ``clientId`` are required.
    public struct Settings: Sendable {
        /// The provider's issuer, spelled as in its discovery document and its ID tokens. `{tenantid}` in it stands for the
        /// tenant's id.
        public var issuer: String
        /// Further spellings of the issuer that the provider uses in `iss`.
        public var issuerAliases: [String] = []
        /// What the provider knows the client by.
        public var clientId: String
        /// The client's secret; nil for a public client.
        public var clientSecret: SecretReference?
        /// The key with which the client signs assertions in place of a secret.
        public var clientAssertion: ClientAssertionSettings?
        /// How the client authenticates; nil for the first method that the provider offers and the settings allow.
        public var authMethod: ClientAuthenticationMethod?
        /// The scopes to ask for; `openid` is among them.
        public var scopes = ["openid", "profile", "email"]
        /// The authentication contexts to ask for, the preferred one first (`acr_values`).
        public var acrValues: [String] = []
        /// What the provider prompts the user for (`prompt`); nil for what it sees fit.
        public var prompt: String?
        /// How long ago the user may have signed in at the provider; nil for any time.
        public var maxAge: Duration?
        /// Further parameters of the authorization request, by name. None may be one that the broker sets.
        public var parameters: [String: String] = [:]
        /// How the browser brings the answer.
        public var responseMode = RedirectForm.ResponseMode.query
        /// Whether the authorization request is pushed to the provider.
        public var par = PushRule.auto
        /// When the userinfo endpoint is asked.
        public var userInfo = UserInfoRule.auto
        /// The algorithms that ID tokens may be signed with, as far as the discovery document names them. With HS256, the
        /// key is the client's secret, of at least 32 bytes.
        public var idTokenAlgorithms = SignatureAlgorithm.asymmetric
        /// Further clients whose native ID tokens are accepted, such as the id of an iOS app.
        public var audiences: [String] = []
        /// The ids of the tenants that are let in, or `any` alone. With `{tenantid}` in ``issuer``.
        public var tenants: [String] = []
        /// The tenant whose discovery document describes all of them, unless there is exactly one.
        public var discoveryTenant = "organizations"
        /// The values of the claim `hd` that are let in; empty for anyone.
        public var hostedDomains: [String] = []
        /// The claims that make the subject, joined by colons.
        public var subjectClaims = ["sub"]
        /// Which nonce ID tokens contain.
        public var nonce = NonceRule.required
        /// Whether codes are accepted that an app got from the provider itself, without a redirect of the broker's.
        public var nativeCodes = false
        /// Whether the provider supports PKCE.
        public var pkce = PKCERule.required
        /// How far the provider's clock may be off, up to five minutes.
        public var clockTolerance = Duration.seconds(30)
        /// Endpoints in place of those in the discovery document.
        public var endpoints = EndpointSettings()
        /// What a preset knows about its provider.
        var peculiarities = Peculiarities()

        /// Creates settings. They are checked in ``OpenIDConnectProvider/init(settings:context:)``.
        public init(issuer: String, clientId: String, clientSecret: SecretReference? = nil) {
            self.issuer = issuer
            self.clientId = clientId
            self.clientSecret = clientSecret
        }
    }

    /// When the userinfo endpoint is asked (OpenID Connect Core §5.3).
    public enum UserInfoRule: String, Sendable, CaseIterable, Decodable {
        /// If the ID token lacks a claim that the scopes ask for. If the endpoint fails, the login does not.
        case auto
        /// At each redirect login. If the endpoint fails, so does the login.
        case always
        /// Never.
        case never
    }

    /// Whether the authorization request is pushed to the provider (RFC 9126), so that the browser carries only a
    /// reference to it.
    public enum PushRule: String, Sendable, CaseIterable, Decodable {
        /// If the provider offers it.
        case auto
        /// Always. A provider that does not offer it is an error.
        case required
        /// Never. A provider that requires it is an error.
        case off
    }

    /// The settings under `clientAssertion:`, for clients that prove themselves with signed assertions (RFC 7523 §2.2).
    public struct ClientAssertionSettings: Sendable, Hashable, Decodable {
        /// The file with the private key: PKCS #8 in PEM form, RSA, P-256, P-384, P-521 or Ed25519.
        public var keyFile: String
        /// What the provider calls the key (`kid`); nil to leave it out.
        public var keyId: String?
        /// What the key signs with; nil for RS256, or the algorithm of the key's curve.
        public var algorithm: SignatureAlgorithm?
        /// Whom the assertions are for (`aud`); nil for the issuer. Required where the issuer has `{tenantid}` for several
        /// tenants.
        public var audience: String?
        /// The file with the key's certificate in PEM form, for a provider that finds the key by it (`x5t#S256`); nil
        /// for none.
        public var certificateFile: String?

        /// Creates settings.
        public init(keyFile: String) {
            self.keyFile = keyFile
        }

        private enum CodingKeys: String, CodingKey {
            case keyFile, keyId, algorithm, audience, certificateFile
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            keyFile = try container.decode(String.self, forKey: .keyFile)
            keyId = try container.decodeIfPresent(String.self, forKey: .keyId)
            algorithm = try container.decodeIfPresent(String.self, forKey: .algorithm).map { text in
                guard let algorithm = SignatureAlgorithm(rawValue: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .algorithm, in: container, debugDescription: "It is none of the algorithms.")
                }
                return algorithm
            }
            audience = try container.decodeIfPresent(String.self, forKey: .audience)
            certificateFile = try container.decodeIfPresent(String.self, forKey: .certificateFile)
        }
    }

    /// Whether logins use PKCE (RFC 7636) with the method `S256`.
    public enum PKCERule: String, Sendable, CaseIterable, Decodable {
        /// They do.
        case required
        /// The provider does not support it.
        case off
    }

    /// The settings under `endpoints:`. With authorization, token, keys and, unless it is never asked, userinfo, there is
    /// no need for a discovery document, and none is fetched.
    public struct EndpointSettings: Sendable, Hashable, Decodable {
        /// The authorization endpoint.
        public var authorization: String?
        /// The token endpoint.
        public var token: String?
        /// The userinfo endpoint.
        public var userInfo: String?
        /// The key set.
        public var jwks: String?
        /// Where users sign out.
        public var endSession: String?

        /// Creates settings; nil means the discovery document's.
        public init(
            authorization: String? = nil,
            token: String? = nil,
            userInfo: String? = nil,
            jwks: String? = nil,
            endSession: String? = nil
        ) {
            self.authorization = authorization
            self.token = token
            self.userInfo = userInfo
            self.jwks = jwks
            self.endSession = endSession
        }
    }
}

/// How a client authenticates at the token endpoint (OpenID Connect Core §9).
public enum ClientAuthenticationMethod: String, Sendable, CaseIterable, Decodable {
    /// With HTTP Basic (RFC 6749 §2.3.1).
    case basic = "client_secret_basic"
    /// With id and secret in the body.
    case post = "client_secret_post"
    /// With an assertion that the client signs.
    case privateKeyJWT = "private_key_jwt"
    /// Not at all: a public client.
    case none
}
