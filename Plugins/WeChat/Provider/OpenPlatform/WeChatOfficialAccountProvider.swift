public import IdentityBroker
import OAuthClient

/// Signs in users of a page inside WeChat, by the official account (`公众号`) that the page belongs to.
public struct WeChatOfficialAccountProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address with the AppID or the Open Platform account.
    public let issuer: Issuer

    private let exchange: CodeExchange
    private let page: AuthorizationPage

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        exchange = CodeExchange(
            account: try Account(settings.account, in: context), asksForProfile: settings.scope == .userInfo)
        issuer = exchange.account.issuer
        let pages = try CheckedSetting.url(settings.authorizeURL, "authorizeURL", as: AuthorizationPage.defaultURL)
        page = AuthorizationPage(
            address: pages.appending("connect", "oauth2", "authorize"), appId: exchange.account.appId,
            scope: settings.scope.rawValue)
    }

    /// The API, and the page.
    public var endpoints: [ProviderEndpoint] { [exchange.account.endpoint, page.endpoint] }

    /// Exchanges the code for the user's ids and, unless the scope is `snsapi_base`, profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what WeChat's codes mean, and `interactionRequired` for a user of a
    ///   page that WeChat opened as a snapshot.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await self.exchange.identity(for: credential.value, in: exchange)
    }
}

extension WeChatOfficialAccountProvider: RedirectRequesting {
    /// Without PKCE.
    public var redirectForm: RedirectForm { AuthorizationPage.form }

    /// WeChat's page inside WeChat (`oauth2/authorize`).
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        page.request(for: flow)
    }
}

/// What a page inside WeChat may learn of its user.
public enum WeChatScope: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The ids and the profile; the user is asked.
    case userInfo = "snsapi_userinfo"
    /// The ids alone; the user notices nothing.
    case base = "snsapi_base"
}

extension WeChatOfficialAccountProvider {
    /// The settings under `settings:` of an instance of type `wechat-official-account`.
    public struct Settings: Decodable, Sendable {
        /// The official account.
        public var account: WeChatAccountSettings
        /// What to ask for.
        public var scope: WeChatScope
        /// Where WeChat's pages for browsers are.
        public var authorizeURL: String

        /// Where WeChat's pages for browsers are for everyone.
        public static let defaultAuthorizeURL = AuthorizationPage.defaultURL

        private enum CodingKeys: String, CodingKey {
            case scope, authorizeURL
        }

        /// Creates settings.
        public init(
            account: WeChatAccountSettings,
            scope: WeChatScope = .userInfo,
            authorizeURL: String = defaultAuthorizeURL
        ) {
            self.account = account
            self.scope = scope
            self.authorizeURL = authorizeURL
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(account: try WeChatAccountSettings(from: decoder))
            if let scope = try container.decodeIfPresent(WeChatScope.self, forKey: .scope) { self.scope = scope }
            if let url = try container.decodeIfPresent(String.self, forKey: .authorizeURL) { authorizeURL = url }
        }
    }
}

extension WeChatOfficialAccountProvider: SettingsAdvising {
    /// Warns of an AppID that does not look like one, and of a scope with which WeChat need not give the subject.
    public static func advice(settings: Settings) -> [String] {
        guard settings.scope == .base, settings.account.subject == .unionid else { return settings.account.advice }
        return settings.account.advice + [
            "WeChat documents unionids with the scope snsapi_userinfo alone. Set scope to it, or subject to openid."
        ]
    }
}
