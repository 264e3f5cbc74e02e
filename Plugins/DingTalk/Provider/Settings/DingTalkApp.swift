import IdentityBroker
import OAuthClient

/// One app at DingTalk, as checked settings describe it.
struct DingTalkApp: Sendable {
    let clientId: String
    let clientSecret: Secret
    let api: UpstreamURL
    let page: UpstreamURL
    let issuer: Issuer
    let subject: DingTalkSubject

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: DingTalkProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        guard (1...128).contains(settings.clientId.utf8.count), settings.clientId.utf8.allSatisfy(\.isUnreserved) else {
            throw .misconfigured("clientId takes 1 to 128 ASCII letters, digits, dots, hyphens and underscores.")
        }
        clientId = settings.clientId
        subject = settings.subject
        api = try Self.checkedURL(settings.apiURL, "apiURL", as: DingTalkProvider.Settings.defaultAPIURL)
        page = try Self.checkedURL(
            settings.authorizeURL, "authorizeURL", as: DingTalkProvider.Settings.defaultAuthorizeURL
        ).appending("oauth2", "auth")
        let derived =
            switch settings.subject {
            case .unionId: api.description
            case .openId: api.appending(settings.clientId).description
            }
        guard let issuer = Issuer(settings.issuer ?? derived) else {
            throw .misconfigured(
                "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII. Set issuer."
            )
        }
        self.issuer = issuer
        clientSecret = try context.resolve(settings.clientSecret)
        guard ClientText.isClientSecret(clientSecret) else {
            throw .misconfigured("clientSecret has characters beyond printable ASCII, which no Client Secret has.")
        }
    }

    /// Where requests go, and browsers.
    var endpoints: [ProviderEndpoint] {
        [
            ProviderEndpoint("address of DingTalk's API (apiURL)", api),
            ProviderEndpoint("address of DingTalk's pages (authorizeURL)", page, isForBrowsers: true),
        ]
    }

    private static func checkedURL(_ text: String, _ key: String, as example: String) throws(BrokerError) -> UpstreamURL
    {
        guard let url = UpstreamURL(text) else {
            throw .misconfigured("\(key) must be an absolute URL without a query, as in \(example).")
        }
        return url
    }
}
