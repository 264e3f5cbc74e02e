public import IdentityBroker

/// The page at which a company's members sign in.
public enum WeComPage: String, Sendable, Hashable, CaseIterable, Decodable {
    /// WeCom's page with a QR code, in any browser.
    case web
    /// A page inside WeCom, or inside WeChat with the company's plug-in.
    case inApp = "in_app"
}

/// What a page inside WeCom may learn of a member.
public enum WeComScope: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The id alone; the member notices nothing.
    case base = "snsapi_base"
    /// Picture, gender, e-mail addresses, phone number and address as well; the member is asked.
    case privateInfo = "snsapi_privateinfo"
}

extension WeComProvider {
    /// The settings under `settings:` of an instance of type `wecom`.
    public struct Settings: Decodable, Sendable {
        /// The company's id (`ww…`).
        public var corpId: String
        /// The app's id (AgentId).
        public var agentId: String
        /// The app's secret.
        public var secret: SecretReference
        /// The page at which members sign in.
        public var page: WeComPage
        /// What a page inside WeCom asks for.
        public var scope: WeComScope
        /// Whether to read the member's name from the company's directory.
        public var readMember: Bool
        /// Whether the app gets encrypted userids, whose case matters; nil if it does with an encrypted `corpId` alone.
        public var encryptedUserids: Bool?
        /// The issuer of the subjects; nil for one made of the API's address and the company's id.
        public var issuer: String?
        /// Where WeCom's API is.
        public var apiURL: String
        /// Where the page is; nil for the page's own host.
        public var authorizeURL: String?

        /// Where WeCom's API is for everyone.
        public static let defaultAPIURL = "https://qyapi.weixin.qq.com"

        private enum CodingKeys: String, CodingKey {
            case corpId, agentId, secret, page, scope, readMember, encryptedUserids, issuer, apiURL, authorizeURL
        }

        /// Creates settings. They are checked where a provider is made from them.
        public init(
            corpId: String,
            agentId: String,
            secret: SecretReference,
            page: WeComPage = .web,
            scope: WeComScope = .base,
            readMember: Bool = true,
            encryptedUserids: Bool? = nil,
            issuer: String? = nil,
            apiURL: String = defaultAPIURL,
            authorizeURL: String? = nil
        ) {
            self.corpId = corpId
            self.agentId = agentId
            self.secret = secret
            self.page = page
            self.scope = scope
            self.readMember = readMember
            self.encryptedUserids = encryptedUserids
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
                corpId: try container.decode(String.self, forKey: .corpId),
                agentId: try container.decode(String.self, forKey: .agentId),
                secret: try container.decode(SecretReference.self, forKey: .secret),
                page: try container.decodeIfPresent(WeComPage.self, forKey: .page) ?? .web,
                scope: try container.decodeIfPresent(WeComScope.self, forKey: .scope) ?? .base,
                readMember: try container.decodeIfPresent(Bool.self, forKey: .readMember) ?? true,
                encryptedUserids: try container.decodeIfPresent(Bool.self, forKey: .encryptedUserids),
                issuer: try container.decodeIfPresent(String.self, forKey: .issuer),
                apiURL: try container.decodeIfPresent(String.self, forKey: .apiURL) ?? Self.defaultAPIURL,
                authorizeURL: try container.decodeIfPresent(String.self, forKey: .authorizeURL)
            )
        }
    }
}

extension WeComProvider: SettingsAdvising {
    /// Warns of a company's id that does not look like one, and of a scope that the page does not ask for.
    public static func advice(settings: Settings) -> [String] {
        var advice: [String] = []
        if !CorpID.isPlain(settings.corpId) {
            advice.append(
                """
                A company's id at WeCom is ww and 16 hexadecimal digits, and corpId does not look like it. Check that it is \
                the company's, and not a mini program's AppID.
                """)
        }
        if settings.page == .web, settings.scope != .base {
            advice.append("The page with a QR code asks for no scope. Take out scope, or set page to in_app.")
        }
        return advice
    }
}
