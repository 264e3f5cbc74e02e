import IdentityBroker

/// One app at Alipay, as checked settings describe it.
struct AlipayApp: Sendable {
    let appId: String
    let gateway: UpstreamURL
    let page: UpstreamURL
    let issuer: Issuer
    let subject: AlipaySubject
    let keys: Keys

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or which key cannot be read.
    init(_ settings: AlipayProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        guard (1...64).contains(settings.appId.utf8.count), settings.appId.utf8.allSatisfy(\.isUnreserved) else {
            throw .misconfigured("appId takes 1 to 64 ASCII letters, digits, dots, hyphens and underscores.")
        }
        appId = settings.appId
        subject = settings.subject
        let api = try Self.checkedURL(settings.apiURL, "apiURL", as: AlipayProvider.Settings.defaultAPIURL)
        guard !api.path.hasSuffix("/gateway.do") else {
            throw .misconfigured("apiURL is the address without /gateway.do, which is added. Leave it out.")
        }
        gateway = api.appending("gateway.do")
        page = try Self.checkedURL(
            settings.authorizeURL, "authorizeURL", as: AlipayProvider.Settings.defaultAuthorizeURL
        ).appending("oauth2", "publicAppAuthorize.htm")
        let derived =
            switch settings.subject {
            case .openId: api.appending(settings.appId).description
            case .userId: api.description
            }
        guard let issuer = Issuer(settings.issuer ?? derived) else {
            throw .misconfigured(
                "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII. Set issuer."
            )
        }
        self.issuer = issuer
        keys = try Keys(settings, in: context)
    }

    /// Where requests go, and browsers.
    var endpoints: [ProviderEndpoint] {
        [
            ProviderEndpoint("address of Alipay's gateway (apiURL)", gateway),
            ProviderEndpoint("address of Alipay's pages (authorizeURL)", page, isForBrowsers: true),
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
