import IdentityBroker
import UpstreamAPI

extension Account {
    /// The request that exchanges a code for its user. Code and AppSecret are in its query, as WeChat wants it.
    ///
    /// - Parameter name: What the endpoint calls the code.
    func redemption(of code: Secret, as name: String, at url: UpstreamURL) -> UpstreamRequest {
        .get(
            url,
            FormFields([
                "appid": appId, "secret": secret.reveal(), name: code.reveal(), "grant_type": "authorization_code",
            ]))
    }
}
