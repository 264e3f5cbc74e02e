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
    /// Where a unionId is unique: with the owner whom the setting `issuer` names or, since no other setting names the owner, at
    /// this app.
    let ownerScope: String

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: DingTalkProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        clientId = try CheckedSetting.id(settings.clientId, "clientId")
        subject = settings.subject
        api = try CheckedSetting.url(settings.apiURL, "apiURL", as: DingTalkProvider.Settings.defaultAPIURL)
        page = try CheckedSetting.url(
            settings.authorizeURL, "authorizeURL", as: DingTalkProvider.Settings.defaultAuthorizeURL
        ).appending("oauth2", "auth")
        let derived =
            switch settings.subject {
            case .unionId: api.description
            case .openId: api.appending(settings.clientId).description
            }
        issuer = try CheckedSetting.issuer(settings.issuer ?? derived)
        ownerScope = settings.issuer ?? settings.clientId
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
}
