import IdentityBroker
import OAuthClient
import UpstreamAPI

/// One app at DingTalk, as checked settings describe it.
struct DingTalkApp: Sendable {
    let clientId: String
    let clientSecret: Secret
    let api: UpstreamURL
    let page: UpstreamURL
    let issuer: Issuer
    let subject: DingTalkSubject
    /// Where a unionId is unique.
    let ownerScope: String

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: DingTalkProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        typealias Settings = DingTalkProvider.Settings
        let app = try CheckedApp(
            settings.clientId, "clientId", apiURL: (settings.apiURL, Settings.defaultAPIURL),
            authorizeURL: (settings.authorizeURL, Settings.defaultAuthorizeURL), issuer: settings.issuer,
            subjectsAreOwn: settings.subject == .openId)
        (clientId, issuer, ownerScope, subject) = (app.id, app.issuer, app.ownerScope, settings.subject)
        api = app.api
        page = app.pages.appending("oauth2", "auth")
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
