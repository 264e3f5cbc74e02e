public import IdentityBroker

/// Which of a person's ids at Feishu is the subject. An answer without it is refused: another id in its place would make
/// a known person a new one.
public enum FeishuSubject: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The id at one developer (`on_…`): the same for all of the developer's apps.
    case unionID = "union_id"
    /// The id at one app (`ou_…`).
    case openID = "open_id"
    /// The id in one tenant, which its administrators see. Feishu gives it only with a permission.
    case userID = "user_id"
}

/// Which call of Feishu's client gives an app its codes.
public enum FeishuAppCode: String, Sendable, Hashable, CaseIterable, Decodable {
    /// `tt.requestAccess`, in pages and mini programs.
    case requestAccess = "request_access"
    /// `tt.login`, in mini programs for clients before version 6.9.
    case login
}

extension FeishuProvider {
    /// The settings under `settings:` of an instance of type `feishu`.
    public struct Settings: Decodable, Sendable {
        /// The App ID (`cli_…`).
        public var appId: String
        /// The App Secret.
        public var secret: SecretReference
        /// Which id is the subject.
        public var subject: FeishuSubject
        /// The `tenant_key`s of the tenants whose users may sign in; nil for all tenants that have the app, which is safe
        /// only for an app of one tenant.
        public var tenants: [String]?
        /// The permissions that the user is asked for.
        public var scopes: [String]
        /// Whether redirects use PKCE.
        public var usesPKCE: Bool
        /// Which call of Feishu's client gives an app its codes.
        public var appCode: FeishuAppCode
        /// Whether codes that an app got itself are taken beside redirects.
        public var nativeCodes: Bool
        /// The path at which codes are redeemed: of `authorizeURL` if it begins with `/oauth/`, and of `apiURL` otherwise. Or
        /// the whole address, for a gateway that is at neither.
        public var tokenPath: String
        /// The issuer of the subjects; nil for one made of the API's address with, unless the subject is the union_id, the
        /// App ID and, if it is the user_id, the tenant.
        public var issuer: String?
        /// Where Feishu's API is.
        public var apiURL: String
        /// Where Feishu's pages for browsers are.
        public var authorizeURL: String

        /// Where Feishu's API is for everyone.
        public static let defaultAPIURL = "https://open.feishu.cn"
        /// Where Feishu's pages are for everyone.
        public static let defaultAuthorizeURL = "https://accounts.feishu.cn"
        /// The second version of the token endpoint.
        public static let defaultTokenPath = "/open-apis/authen/v2/oauth/token"

        private enum CodingKeys: String, CodingKey {
            case appId, secret, subject, tenants, scopes, pkce, appCode, nativeCodes, tokenPath, issuer, apiURL
            case authorizeURL
        }

        /// Creates settings. They are checked where a provider is made from them.
        public init(
            appId: String,
            secret: SecretReference,
            subject: FeishuSubject = .unionID,
            tenants: [String]? = nil,
            scopes: [String] = [],
            usesPKCE: Bool = true,
            appCode: FeishuAppCode = .requestAccess,
            nativeCodes: Bool = true,
            tokenPath: String = defaultTokenPath,
            issuer: String? = nil,
            apiURL: String = defaultAPIURL,
            authorizeURL: String = defaultAuthorizeURL
        ) {
            self.appId = appId
            self.secret = secret
            self.subject = subject
            self.tenants = tenants
            self.scopes = scopes
            self.usesPKCE = usesPKCE
            self.appCode = appCode
            self.nativeCodes = nativeCodes
            self.tokenPath = tokenPath
            self.issuer = issuer
            self.apiURL = apiURL
            self.authorizeURL = authorizeURL
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                appId: try container.decode(String.self, forKey: .appId),
                secret: try container.decode(SecretReference.self, forKey: .secret),
                subject: try container.decodeIfPresent(FeishuSubject.self, forKey: .subject) ?? .unionID,
                tenants: try container.decodeIfPresent([String].self, forKey: .tenants),
                scopes: try container.decodeIfPresent([String].self, forKey: .scopes) ?? [],
                usesPKCE: try container.decodeIfPresent(PKCE.self, forKey: .pkce) != .off,
                appCode: try container.decodeIfPresent(FeishuAppCode.self, forKey: .appCode) ?? .requestAccess,
                nativeCodes: try container.decodeIfPresent(Bool.self, forKey: .nativeCodes) ?? true,
                tokenPath: try container.decodeIfPresent(String.self, forKey: .tokenPath) ?? Self.defaultTokenPath,
                issuer: try container.decodeIfPresent(String.self, forKey: .issuer),
                apiURL: try container.decodeIfPresent(String.self, forKey: .apiURL) ?? Self.defaultAPIURL,
                authorizeURL: try container.decodeIfPresent(String.self, forKey: .authorizeURL)
                    ?? Self.defaultAuthorizeURL
            )
        }
    }

    /// The words of the setting `pkce`.
    enum PKCE: String, CaseIterable, Decodable {
        case required, off
    }
}

extension FeishuProvider: SettingsAdvising {
    /// Warns of an App ID that does not look like one, of a redirect without PKCE, and of pages and API of two installations.
    public static func advice(settings: Settings) -> [String] {
        var advice: [String] = []
        if !settings.appId.hasPrefix("cli_") {
            advice.append("A Feishu App ID begins with cli_, and appId does not. Check that it is the app's.")
        }
        if !settings.usesPKCE {
            advice.append("Without PKCE, a stolen code is good for a login. Set pkce to off only if Feishu refuses it.")
        }
        if !settings.usesPKCE, settings.nativeCodes, settings.appCode == .requestAccess {
            advice.append(
                """
                Without PKCE, a code of a redirect is as good as one that an app got itself, which needs no state. Set \
                nativeCodes to false if no app brings codes.
                """)
        }
        if settings.tenants == nil {
            advice.append(
                """
                Users of every tenant that has the app may sign in. List the tenants whose users may in tenants, unless the \
                app is one tenant's own.
                """)
        }
        if settings.apiURL.contains("larksuite.com") != settings.authorizeURL.contains("larksuite.com") {
            advice.append(
                """
                Feishu and Lark do not know each other's apps. Set both apiURL and authorizeURL to hosts of larksuite.com, \
                or neither.
                """)
        }
        return advice
    }
}
