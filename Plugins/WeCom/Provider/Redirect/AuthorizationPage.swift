import IdentityBroker
import UpstreamAPI

/// WeCom's page on which a member signs in.
struct AuthorizationPage: Sendable {
    /// WeCom knows neither PKCE nor a nonce. A member who declines brings back the state alone, or `authdeny` from the page
    /// that WeCom has in common with WeChat.
    static let form = RedirectForm(refusalsAsCode: ["authdeny"], refusesWithoutCode: true, usesPKCE: false)

    private let page: WeComPage
    private let scope: WeComScope
    private let address: UpstreamURL
    private let corpId: String
    private let agentId: String

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong.
    init(_ settings: WeComProvider.Settings, of corporation: Corporation) throws(BrokerError) {
        (page, scope) = (settings.page, settings.scope)
        (corpId, agentId) = (corporation.corpId, corporation.agentId)
        let host = try CheckedSetting.url(
            settings.authorizeURL ?? page.defaultURL, "authorizeURL", as: page.defaultURL)
        address =
            switch page {
            case .web: host.appending("wwlogin", "sso", "login")
            case .inApp: host.appending("connect", "oauth2", "authorize")
            }
    }

    /// Where browsers go.
    var endpoint: ProviderEndpoint {
        ProviderEndpoint("address of WeCom's page (authorizeURL)", address, isForBrowsers: true)
    }

    /// The URL for the member's browser, with parameters in their documented order. `appid` is the company's id. The page
    /// inside WeCom does not open without the fragment, which comes last.
    func request(for flow: RedirectFlow) -> AuthorizationRequest {
        switch page {
        case .web:
            let query = FormFields([
                "login_type": "CorpApp", "appid": corpId, "agentid": agentId, "redirect_uri": flow.redirectURI,
                "state": flow.state.reveal(),
            ])
            return AuthorizationRequest(url: "\(address)?\(query.text)")
        case .inApp:
            let query = FormFields([
                "appid": corpId, "redirect_uri": flow.redirectURI, "response_type": "code", "scope": scope.rawValue,
                "state": flow.state.reveal(), "agentid": agentId,
            ])
            return AuthorizationRequest(url: "\(address)?\(query.text)#wechat_redirect")
        }
    }
}

extension WeComPage {
    /// The host of the page for everyone.
    fileprivate var defaultURL: String {
        switch self {
        case .web: "https://login.work.weixin.qq.com"
        case .inApp: "https://open.weixin.qq.com"
        }
    }
}
