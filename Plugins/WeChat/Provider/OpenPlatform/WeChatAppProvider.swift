public import IdentityBroker

/// Signs users of a mobile app in with WeChat, with the code that WeChat's SDK gives the app.
public struct WeChatAppProvider: IdentityProvider {
    /// The settings under `settings:` of an instance of type `wechat-app`.
    public typealias Settings = WeChatAccountSettings

    /// The issuer of the subjects: the setting `issuer`, or the API's address with the AppID or the Open Platform account.
    public let issuer: Issuer

    private let exchange: CodeExchange

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        exchange = CodeExchange(account: try Account(settings, in: context), asksForProfile: true)
        issuer = exchange.account.issuer
    }

    /// The API.
    public var endpoints: [ProviderEndpoint] { [exchange.account.endpoint] }

    /// Exchanges the code for the user's ids and profile.
    ///
    /// - Throws: ``BrokerError``: what sending throws, and what WeChat's codes mean.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        try await self.exchange.identity(for: credential.value, in: exchange)
    }
}

extension WeChatAppProvider: SettingsAdvising {
    /// Warns of an AppID that does not look like one.
    public static func advice(settings: Settings) -> [String] { settings.advice }
}
