public import IdentityBroker
import StrictJSON

extension OAuth2Provider {
    /// The settings under `settings:` of an instance. ``declaration`` and ``clientId`` are required.
    public struct Settings: Sendable {
        /// What the upstream is.
        public var declaration: Declaration
        /// What the upstream knows the client by.
        public var clientId: String
        /// The client's secret; nil for a public client.
        public var clientSecret: SecretReference?
        /// The scopes to ask for.
        public var scopes: [String]
        /// What stands in place of `{host}` in the declaration; nil for the declaration's own.
        public var host: String?
        /// Who vouches for the users; nil for the declaration's, or where ``endpoints`` lead to another server, for that
        /// server's web address.
        public var issuer: String?
        /// The names that the upstream may give itself in `iss` of its answers (RFC 9207); nil for the declaration's, or
        /// with another issuer than the declaration's, that issuer.
        public var authorizationIssuers: [String]?
        /// Endpoints in place of the declaration's.
        public var endpoints = EndpointSettings()
        /// How the client authenticates; nil for the declaration's method, or for none without a secret.
        public var authMethod: ClientMethod?
        /// Whether logins use PKCE.
        public var pkce: PKCERule
        /// Further parameters of the authorization request, by name. None may be one that the broker sets.
        public var parameters: [String: String] = [:]
        /// When the e-mail addresses are asked for, if the declaration has a request for them.
        public var emails = EmailsRule.auto
        /// Whether to accept codes from outside the broker's redirects, such as those of an upstream's own app.
        public var nativeCodes = false

        /// Creates settings with the declaration's scopes and rule for PKCE. They are checked in ``OAuth2Provider/init(settings:context:)``.
        public init(declaration: Declaration, clientId: String, clientSecret: SecretReference? = nil) {
            self.declaration = declaration
            self.clientId = clientId
            self.clientSecret = clientSecret
            scopes = declaration.authorization.scopes
            pkce = declaration.pkce
        }
    }

    /// When e-mail addresses are asked for in a request of their own.
    public enum EmailsRule: String, Sendable, CaseIterable, Decodable {
        /// At each login. If the request fails, the login does not.
        case auto
        /// At each login. If the request fails, so does the login.
        case always
        /// Never.
        case never
    }

    /// The settings under `endpoints:`; nil means the declaration's.
    public struct EndpointSettings: Sendable, Hashable, Decodable {
        /// The authorization endpoint.
        public var authorization: String?
        /// The token endpoint.
        public var token: String?
        /// Where the user's record is.
        public var userInfo: String?
        /// Where the e-mail addresses are.
        public var emails: String?

        /// Creates settings.
        public init(
            authorization: String? = nil,
            token: String? = nil,
            userInfo: String? = nil,
            emails: String? = nil
        ) {
            self.authorization = authorization
            self.token = token
            self.userInfo = userInfo
            self.emails = emails
        }
    }
}

extension OAuth2Provider.Settings: Decodable {
    enum CodingKeys: String, CodingKey {
        case declaration, clientId, clientSecret, scopes, host, issuer, authorizationIssuers, endpoints
        case authMethod, pkce, parameters, emails, nativeCodes
    }

    /// Decodes settings under their configuration keys.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(from: decoder, of: container.decode(Declaration.self, forKey: .declaration), takingHost: true)
    }

    /// Decodes the settings beside a declaration.
    ///
    /// - Parameter takesHost: Whether a host is among them; a preset has it only if it stands somewhere.
    /// - Throws: `DecodingError`, for what is wrong with one setting at its own key.
    init(from decoder: any Decoder, of declaration: Declaration, takingHost takesHost: Bool? = nil) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(declaration: declaration, clientId: try container.decode(String.self, forKey: .clientId))
        clientSecret = try container.decodeIfPresent(SecretReference.self, forKey: .clientSecret)
        scopes = try container.decodeIfPresent([String].self, forKey: .scopes) ?? scopes
        if takesHost ?? declaration.needsHost { host = try container.decodeIfPresent(String.self, forKey: .host) }
        issuer = try container.decodeIfPresent(String.self, forKey: .issuer)
        authorizationIssuers = try container.decodeIfPresent([String].self, forKey: .authorizationIssuers)
        endpoints = try container.decodeIfPresent(type(of: endpoints), forKey: .endpoints) ?? endpoints
        authMethod = try container.decodeIfPresent(ClientMethod.self, forKey: .authMethod)
        pkce = try container.decodeIfPresent(PKCERule.self, forKey: .pkce) ?? pkce
        parameters = try container.decodeIfPresent([String: String].self, forKey: .parameters) ?? [:]
        emails = try container.decodeIfPresent(type(of: emails), forKey: .emails) ?? .auto
        nativeCodes = try container.decodeIfPresent(Bool.self, forKey: .nativeCodes) ?? false
        for (keys, check) in checksOfOneSetting {
            do throws(BrokerError) {
                try check(self)
            } catch {
                let path = container.codingPath + keys.map { DeclarationKey($0) }
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: path, debugDescription: error.message))
            }
        }
    }
}
