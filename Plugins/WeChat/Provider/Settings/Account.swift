import IdentityBroker
import UpstreamAPI

/// One app at WeChat, as checked settings describe it.
struct Account: Sendable {
    let appId: String
    let secret: Secret
    let api: UpstreamURL
    let issuer: Issuer
    let subject: WeChatSubject
    let openPlatform: String?

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: WeChatAccountSettings, in context: ProviderContext) throws(BrokerError) {
        appId = try CheckedSetting.id(settings.appId, "appId")
        openPlatform = try settings.openPlatform.map { id throws(BrokerError) in
            try CheckedSetting.id(id, "openPlatform")
        }
        api = try CheckedSetting.url(settings.apiURL, "apiURL", as: WeChatAccountSettings.defaultAPIURL)
        subject = settings.subject
        issuer = try Self.issuer(settings, at: api, appId: appId, openPlatform: openPlatform)
        secret = try context.resolve(settings.secret)
    }

    /// Where requests go.
    var endpoint: ProviderEndpoint { ProviderEndpoint("address of WeChat's API (apiURL)", api) }

    private static func issuer(
        _ settings: WeChatAccountSettings,
        at api: UpstreamURL,
        appId: String,
        openPlatform: String?
    ) throws(BrokerError) -> Issuer {
        let derived: String
        switch settings.subject {
        case .openid: derived = api.appending(appId).description
        case .unionid:
            guard let openPlatform else {
                throw .misconfigured(
                    """
                    With the subject unionid, openPlatform is required: the account of the WeChat Open Platform to which \
                    the app is bound, since unionids are unique only there.
                    """)
            }
            derived = api.appending("open-platform", openPlatform).description
        }
        return try CheckedSetting.issuer(settings.issuer ?? derived)
    }
}

extension WeChatAccountSettings {
    /// What to look at again: an AppID that does not have the form of all of WeChat's, `wx` and 16 hexadecimal digits.
    var advice: [String] {
        let digits = appId.utf8.dropFirst(2)
        let isUsual =
            appId.hasPrefix("wx") && digits.count == 16
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return isUsual
            ? []
            : [
                "A WeChat AppID is wx and 16 hexadecimal digits, and appId does not look like it. Check that it is the app's."
            ]
    }
}
