import IdentityBroker
import UpstreamAPI

/// WeChat's page on which a user signs in.
struct AuthorizationPage: Sendable {
    /// The host of the pages for everyone.
    static let defaultURL = "https://open.weixin.qq.com"

    /// WeChat knows neither PKCE nor a nonce. A user who declines brings back no code, or `authdeny`.
    static let form = RedirectForm(refusalsAsCode: ["authdeny"], refusesWithoutCode: true, usesPKCE: false)

    let address: UpstreamURL
    let appId: String
    let scope: String

    /// Where browsers go.
    var endpoint: ProviderEndpoint {
        ProviderEndpoint("address of WeChat's pages (authorizeURL)", address, isForBrowsers: true)
    }

    /// The URL for the user's browser, with parameters in their documented order and the fragment last: WeChat compares
    /// them as a text.
    func request(for flow: RedirectFlow) -> AuthorizationRequest {
        let query = FormFields([
            "appid": appId, "redirect_uri": flow.redirectURI, "response_type": "code", "scope": scope,
            "state": flow.state.reveal(),
        ])
        return AuthorizationRequest(url: "\(address)?\(query.text)#wechat_redirect")
    }
}
