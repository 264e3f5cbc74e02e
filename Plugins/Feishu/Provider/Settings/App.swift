import IdentityBroker
import UpstreamAPI

/// One app at Feishu or Lark, as checked settings describe it.
struct App: Sendable {
    let appId: String
    let secret: Secret
    let api: UpstreamURL
    let pages: UpstreamURL
    /// Where codes are redeemed.
    let tokenURL: UpstreamURL
    let issuer: Issuer
    let subject: FeishuSubject
    /// The tenants whose users may sign in; nil for all that have the app.
    let tenants: Set<String>?

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be
    ///   read.
    init(_ settings: FeishuProvider.Settings, in context: ProviderContext) throws(BrokerError) {
        typealias Settings = FeishuProvider.Settings
        appId = try CheckedSetting.id(settings.appId, "appId")
        api = try CheckedSetting.url(settings.apiURL, "apiURL", as: Settings.defaultAPIURL)
        pages = try CheckedSetting.url(settings.authorizeURL, "authorizeURL", as: Settings.defaultAuthorizeURL)
        tokenURL = try Self.tokenURL(settings.tokenPath, api: api, pages: pages)
        subject = settings.subject
        tenants = try Self.tenants(settings)
        let derived = Self.issuer(subject, at: api, of: appId, tenants)
        issuer = try CheckedSetting.issuer(settings.issuer ?? derived.description)
        secret = try context.resolve(settings.secret)
    }

    /// The namespace of union_ids: a developer's, whom no answer names. Feishu's and Lark's are at least kept apart, and an
    /// address that has changed does not change it where the settings keep the issuer.
    var scopeOfUnionIDs: String { subject == .unionID ? issuer.rawValue : api.description }

    /// Where requests and browsers go.
    var endpoints: [ProviderEndpoint] {
        [
            ProviderEndpoint("address of Feishu's API (apiURL)", api),
            ProviderEndpoint("address of Feishu's token endpoint (tokenPath)", tokenURL),
            ProviderEndpoint("address of Feishu's page (authorizeURL)", pages, isForBrowsers: true),
        ]
    }

    /// The address that names whose ids the subjects are: a union_id is a developer's, whom no answer names, an open_id the
    /// app's. A user_id is unique only within its tenant, whose administrators choose it.
    private static func issuer(
        _ subject: FeishuSubject,
        at api: UpstreamURL,
        of appId: String,
        _ tenants: Set<String>?
    ) -> UpstreamURL {
        switch subject {
        case .unionID: api
        case .openID: api.appending(appId)
        case .userID: tenants?.first.map { api.appending(appId, $0) } ?? api.appending(appId)
        }
    }

    /// The third version of the token endpoint is with the pages, and those before it with the API. Behind a gateway it can be
    /// elsewhere: then the setting is the whole address.
    private static func tokenURL(
        _ path: String,
        api: UpstreamURL,
        pages: UpstreamURL
    ) throws(BrokerError) -> UpstreamURL {
        if !path.hasPrefix("/"), let url = UpstreamURL(path), !url.path.isEmpty { return url }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard path.hasPrefix("/"), !segments.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#"?#%"\"#.utf8.contains($0) }),
            let url = UpstreamURL("\(path.hasPrefix("/oauth/") ? pages : api)\(path)")
        else {
            throw .misconfigured(
                """
                tokenPath must be a path without a query, as in \(FeishuProvider.Settings.defaultTokenPath), or an absolute \
                URL.
                """)
        }
        return url
    }

    private static func tenants(_ settings: FeishuProvider.Settings) throws(BrokerError) -> Set<String>? {
        guard let tenants = settings.tenants else {
            guard settings.subject != .userID else { throw severalTenants }
            return nil
        }
        guard !tenants.isEmpty else {
            throw .misconfigured("tenants must list a tenant_key. Without any, no one could sign in.")
        }
        for tenant in tenants { _ = try CheckedSetting.id(tenant, "tenants") }
        guard settings.subject != .userID || Set(tenants).count == 1 else { throw severalTenants }
        return Set(tenants)
    }

    private static var severalTenants: BrokerError {
        .misconfigured(
            """
            With the subject user_id, tenants has to list exactly one tenant_key, since a user_id is unique only within its \
            tenant.
            """)
    }
}
