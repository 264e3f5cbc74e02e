public import IdentityBroker
import UpstreamAPI

/// Signs users in on a page of WeChat's, to which their browser is sent.
///
/// The types are ``WeChatWebProvider`` and ``WeChatOfficialAccountProvider``. Their settings say what they differ in.
public struct WeChatPageProvider<Settings: WeChatPageSettings>: IdentityProvider {
    /// The description of the type.
    public static var manifest: ProviderManifest { Settings.manifest }

    /// The issuer of the subjects: the setting `issuer`, or the API's address with the AppID or the Open Platform account.
    public let issuer: Issuer

    private let exchange: CodeExchange
    private let page: AuthorizationPage

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        let scope = settings.requestedScope
        exchange = CodeExchange(
            account: try Account(settings.account, in: context), asksForProfile: scope != WeChatScope.base.rawValue)
        issuer = exchange.account.issuer
        let pages = try CheckedSetting.url(settings.authorizeURL, "authorizeURL", as: AuthorizationPage.defaultURL)
        page = AuthorizationPage(
            address: Settings.path.reduce(pages) { $0.appending($1) }, appId: exchange.account.appId, scope: scope)
    }

    /// The API, and the page.
    public var endpoints: [ProviderEndpoint] { [exchange.account.endpoint, page.endpoint] }

    /// Exchanges the code for the user's ids and, if the scope covers it, profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what WeChat's codes mean, and `interactionRequired` for a user of a
    ///   page that WeChat opened as a snapshot.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await self.exchange.identity(for: credential.value, in: exchange)
    }
}

extension WeChatPageProvider: RedirectRequesting {
    /// Without PKCE.
    public var redirectForm: RedirectForm { AuthorizationPage.form }

    /// The page.
    public func authorizationRequest(
        for flow: RedirectFlow,
        in context: RedirectContext
    ) async throws -> AuthorizationRequest {
        page.request(for: flow)
    }
}

extension WeChatPageProvider: SettingsAdvising {
    /// What to look at again, by the settings themselves.
    public static func advice(settings: Settings) -> [String] { settings.advice }
}

/// The settings of a type whose users sign in on a page of WeChat's, and everything else that such types differ in.
public protocol WeChatPageSettings: Decodable, Sendable {
    /// The description of the type.
    static var manifest: ProviderManifest { get }

    /// The segments of the page's path, below ``authorizeURL``.
    static var path: [String] { get }

    /// The app to which the page belongs.
    var account: WeChatAccountSettings { get }

    /// Where WeChat's pages for browsers are.
    var authorizeURL: String { get }

    /// What to ask for (`scope`).
    var requestedScope: String { get }

    /// What to look at again; one sentence or two each.
    var advice: [String] { get }
}

extension WeChatPageSettings {
    /// Where WeChat's pages for browsers are for everyone.
    public static var defaultAuthorizeURL: String { AuthorizationPage.defaultURL }
}
