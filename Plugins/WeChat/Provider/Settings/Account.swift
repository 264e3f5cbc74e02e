import IdentityBroker

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
        appId = try Self.checkedID(settings.appId, "appId")
        openPlatform = try settings.openPlatform.map { id throws(BrokerError) in
            try Self.checkedID(id, "openPlatform")
        }
        api = try Self.checkedURL(settings.apiURL, "apiURL", as: WeChatAccountSettings.defaultAPIURL)
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
        guard let issuer = Issuer(settings.issuer ?? derived) else {
            throw .misconfigured(
                "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII. Set issuer."
            )
        }
        return issuer
    }

    /// An id becomes part of addresses and of the issuer.
    private static func checkedID(_ text: String, _ key: String) throws(BrokerError) -> String {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(isIDByte) else {
            throw .misconfigured("\(key) takes 1 to 128 ASCII letters, digits, dots, hyphens and underscores.")
        }
        return text
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    /// The address that a setting gives.
    static func checkedURL(_ text: String, _ key: String, as example: String) throws(BrokerError) -> UpstreamURL {
        guard let url = UpstreamURL(text) else {
            throw .misconfigured("\(key) must be an absolute URL without a query, as in \(example).")
        }
        return url
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
