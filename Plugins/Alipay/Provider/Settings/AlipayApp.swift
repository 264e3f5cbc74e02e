import IdentityBroker
import OAuthClient

/// One app at Alipay, as checked settings describe it.
struct AlipayApp: Sendable {
    let appId: String
    let gateway: UpstreamURL
    let page: UpstreamURL
    let issuer: Issuer
    let subject: AlipaySubject
    /// Where a union_id is unique: with the owner whom the setting `issuer` names or, since no other setting names the owner, at
    /// this app.
    let ownerScope: String
    let keys: Keys

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or which key cannot be read.
    init(_ settings: AlipayProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        appId = try CheckedSetting.id(settings.appId, "appId")
        subject = settings.subject
        let api = try CheckedSetting.url(settings.apiURL, "apiURL", as: AlipayProvider.Settings.defaultAPIURL)
        guard !api.path.hasSuffix("/gateway.do") else {
            throw .misconfigured("apiURL is the address without /gateway.do, which is added. Leave it out.")
        }
        gateway = api.appending("gateway.do")
        page = try CheckedSetting.url(
            settings.authorizeURL, "authorizeURL", as: AlipayProvider.Settings.defaultAuthorizeURL
        ).appending("oauth2", "publicAppAuthorize.htm")
        let derived =
            switch settings.subject {
            case .openId: api.appending(settings.appId).description
            case .userId: api.description
            }
        issuer = try CheckedSetting.issuer(settings.issuer ?? derived)
        ownerScope = settings.issuer ?? settings.appId
        keys = try Keys(settings, in: context)
    }

    /// Where requests go, and browsers.
    var endpoints: [ProviderEndpoint] {
        [
            ProviderEndpoint("address of Alipay's gateway (apiURL)", gateway),
            ProviderEndpoint("address of Alipay's pages (authorizeURL)", page, isForBrowsers: true),
        ]
    }
}
