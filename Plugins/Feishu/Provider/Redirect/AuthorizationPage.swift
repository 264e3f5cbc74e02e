import IdentityBroker
import OAuthClient
import UpstreamAPI

/// Feishu's page on which a user signs in.
struct AuthorizationPage: Sendable {
    private let app: App
    private let scopes: [String]
    private let usesPKCE: Bool

    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong.
    init(_ settings: FeishuProvider.Settings, of app: App) throws(BrokerError) {
        guard settings.scopes.allSatisfy(ClientText.isScope) else {
            throw .misconfigured("scopes lists permissions, each without spaces.")
        }
        self.app = app
        scopes = settings.scopes
        usesPKCE = settings.usesPKCE
    }

    /// With PKCE, unless the settings say otherwise. Feishu knows no nonce.
    var form: RedirectForm { RedirectForm(usesPKCE: usesPKCE) }

    /// The URL for the user's browser.
    func request(for flow: RedirectFlow) -> AuthorizationRequest {
        let page = app.pages.appending("open-apis", "authen", "v1", "authorize")
        var query = FormFields([
            "client_id": app.appId, "response_type": "code", "redirect_uri": flow.redirectURI,
            "state": flow.state.reveal(),
        ])
        if !scopes.isEmpty { query.add("scope", scopes.joined(separator: " ")) }
        if usesPKCE {
            query.add("code_challenge", flow.codeChallenge)
            query.add("code_challenge_method", "S256")
        }
        return AuthorizationRequest(url: "\(page)?\(query.text)")
    }
}
