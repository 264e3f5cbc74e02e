public import IdentityBroker

/// Which of a person's ids at WeChat is the subject. An answer without it is refused: another id in its place would make
/// a known person a new one.
public enum WeChatSubject: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The id at one app: the same for the app alone.
    case openid
    /// The id at one account of the WeChat Open Platform: the same for all apps that are bound to it.
    case unionid
}

/// The settings that all types of WeChat have in common: the app, and which of its users' ids is the subject.
public struct WeChatAccountSettings: Decodable, Sendable {
    /// The AppID (`wx…`).
    public var appId: String
    /// The AppSecret.
    public var secret: SecretReference
    /// Which id is the subject.
    public var subject: WeChatSubject
    /// The account of the WeChat Open Platform to which the app is bound: the scope of unionids. Required if they are the
    /// subject.
    public var openPlatform: String?
    /// The issuer of the subjects; nil for one made of the API's address, and of the AppID or the Open Platform account.
    public var issuer: String?
    /// Where WeChat's API is.
    public var apiURL: String

    /// Where WeChat's API is for everyone.
    public static let defaultAPIURL = "https://api.weixin.qq.com"

    private enum CodingKeys: String, CodingKey {
        case appId, secret, subject, openPlatform, issuer, apiURL
    }

    /// Creates settings. They are checked where a provider is made from them.
    public init(
        appId: String,
        secret: SecretReference,
        subject: WeChatSubject = .openid,
        openPlatform: String? = nil,
        issuer: String? = nil,
        apiURL: String = defaultAPIURL
    ) {
        self.appId = appId
        self.secret = secret
        self.subject = subject
        self.openPlatform = openPlatform
        self.issuer = issuer
        self.apiURL = apiURL
    }

    /// Decodes settings under their configuration keys.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            appId: try container.decode(String.self, forKey: .appId),
            secret: try container.decode(SecretReference.self, forKey: .secret),
            subject: try container.decodeIfPresent(WeChatSubject.self, forKey: .subject) ?? .openid,
            openPlatform: try container.decodeIfPresent(String.self, forKey: .openPlatform),
            issuer: try container.decodeIfPresent(String.self, forKey: .issuer),
            apiURL: try container.decodeIfPresent(String.self, forKey: .apiURL) ?? Self.defaultAPIURL
        )
    }
}
