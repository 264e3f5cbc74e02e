/// Signs in users of a page inside WeChat, by the official account (`公众号`) that the page belongs to.
public typealias WeChatOfficialAccountProvider = WeChatPageProvider<WeChatOfficialAccountSettings>

/// What a page inside WeChat may learn of its user.
public enum WeChatScope: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The ids and the profile; the user is asked.
    case userInfo = "snsapi_userinfo"
    /// The ids alone; the user notices nothing.
    case base = "snsapi_base"
}

/// The settings under `settings:` of an instance of type `wechat-official-account`.
public struct WeChatOfficialAccountSettings: WeChatPageSettings {
    /// The official account.
    public var account: WeChatAccountSettings
    /// What to ask for.
    public var scope: WeChatScope
    /// Where WeChat's pages for browsers are.
    public var authorizeURL: String

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

    /// The page inside WeChat.
    public static let path = ["connect", "oauth2", "authorize"]

    /// The setting `scope`.
    public var requestedScope: String { scope.rawValue }

    /// Warns of an AppID that does not look like one, and of a scope with which WeChat need not give the subject.
    public var advice: [String] {
        guard scope == .base, account.subject == .unionid else { return account.advice }
        return account.advice + [
            "WeChat documents unionids with the scope snsapi_userinfo alone. Set scope to it, or subject to openid."
        ]
    }
}
