public import IdentityBroker
import OAuthClient

/// Signs users of a website in with WeChat: they scan a QR code, or agree in WeChat on the same computer.
public struct WeChatWebProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address with the AppID or the Open Platform account.
    public let issuer: Issuer

    private let exchange: CodeExchange
    private let page: AuthorizationPage

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        exchange = CodeExchange(account: try Account(settings.account, in: context), asksForProfile: true)
        issuer = exchange.account.issuer
        let pages = try CheckedSetting.url(settings.authorizeURL, "authorizeURL", as: AuthorizationPage.defaultURL)
        page = AuthorizationPage(
            address: pages.appending("connect", "qrconnect"), appId: exchange.account.appId, scope: "snsapi_login")
    }

    /// The API, and the page.
    public var endpoints: [ProviderEndpoint] { [exchange.account.endpoint, page.endpoint] }

    /// Exchanges the code for the user's ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, and what WeChat's codes mean.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await self.exchange.identity(for: credential.value, in: exchange)
    }
}

extension WeChatWebProvider: RedirectRequesting {
    /// Without PKCE.
    public var redirectForm: RedirectForm { AuthorizationPage.form }

    /// WeChat's page with a QR code (`qrconnect`).
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        page.request(for: flow)
    }
}

extension WeChatWebProvider {
    /// The settings under `settings:` of an instance of type `wechat-web`.
    public struct Settings: Decodable, Sendable {
        /// The website's app.
        public var account: WeChatAccountSettings
        /// Where WeChat's pages for browsers are.
        public var authorizeURL: String

        /// Where WeChat's pages for browsers are for everyone.
        public static let defaultAuthorizeURL = AuthorizationPage.defaultURL

        private enum CodingKeys: String, CodingKey {
            case authorizeURL
        }

        /// Creates settings.
        public init(account: WeChatAccountSettings, authorizeURL: String = defaultAuthorizeURL) {
            self.account = account
            self.authorizeURL = authorizeURL
        }

        /// Decodes settings under their configuration keys.
        ///
        /// - Throws: `DecodingError`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(account: try WeChatAccountSettings(from: decoder))
            if let url = try container.decodeIfPresent(String.self, forKey: .authorizeURL) { authorizeURL = url }
        }
    }
}

extension WeChatWebProvider: SettingsAdvising {
    /// Warns of an AppID that does not look like one.
    public static func advice(settings: Settings) -> [String] { settings.account.advice }
}
