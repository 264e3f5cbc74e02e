import IdentityBroker
import UpstreamAPI

/// One app at Alipay, as checked settings describe it.
struct AlipayApp: Sendable {
    let appId: String
    let gateway: UpstreamURL
    let page: UpstreamURL
    let issuer: Issuer
    let subject: AlipaySubject
    /// Where a union_id is unique.
    let ownerScope: String
    let keys: Keys

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or which key cannot be read.
    init(_ settings: AlipayProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        typealias Settings = AlipayProvider.Settings
        let app = try CheckedApp(
            settings.appId, "appId", apiURL: (settings.apiURL, Settings.defaultAPIURL),
            authorizeURL: (settings.authorizeURL, Settings.defaultAuthorizeURL), issuer: settings.issuer,
            subjectsAreOwn: settings.subject == .openId)
        guard !app.api.path.hasSuffix("/gateway.do") else {
            throw .misconfigured("apiURL is the address without /gateway.do, which is added. Leave it out.")
        }
        (appId, issuer, ownerScope, subject) = (app.id, app.issuer, app.ownerScope, settings.subject)
        gateway = app.api.appending("gateway.do")
        page = app.pages.appending("oauth2", "publicAppAuthorize.htm")
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
