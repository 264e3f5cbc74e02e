/// Signs users of a website in with WeChat: they scan a QR code, or agree in WeChat on the same computer.
public typealias WeChatWebProvider = WeChatPageProvider<WeChatWebSettings>

/// The settings under `settings:` of an instance of type `wechat-web`.
public struct WeChatWebSettings: WeChatPageSettings {
    /// The website's app.
    public var account: WeChatAccountSettings
    /// Where WeChat's pages for browsers are.
    public var authorizeURL: String

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

    /// The page with a QR code.
    public static let path = ["connect", "qrconnect"]

    /// The one scope of websites: ids and profile.
    public var requestedScope: String { "snsapi_login" }

    /// Warns of an AppID that does not look like one.
    public var advice: [String] { account.advice }
}
