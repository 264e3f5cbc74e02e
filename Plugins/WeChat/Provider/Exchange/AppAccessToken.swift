import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

extension SharedValue where Value == AppToken {
    /// The app's own access token, by `stable_token` in its ordinary mode: that returns the same token to everyone who asks
    /// until its last five minutes, so that several brokers do not void each other's, as `/cgi-bin/token` would have it.
    static func appAccessToken(of account: Account, clock: BrokerClock) -> SharedValue<AppToken> {
        let request = UpstreamRequest.post(
            json: [
                "grant_type": "client_credential", "appid": .string(account.appId),
                "secret": .string(account.secret.reveal()),
            ],
            to: account.api.appending("cgi-bin", "stable_token"))
        return .appToken("app_access_token", from: request, within: bounds) { response in
            let answer = try response.object(from: .appToken, at: clock.now())
            guard let token = answer.text("access_token") else {
                throw BrokerError.misbehaved("WeChat's stable_token answered without a token.")
            }
            return AppToken(Secret(token), lifetime: answer["expires_in"]?.wholeNumber.map { .seconds($0) })
        }
    }

    /// Asked for at least every five minutes, as WeChat wants it of those who do not share what they got.
    private static var bounds: SharedValueBounds {
        var bounds = SharedValueBounds.refusableToken
        bounds.freshness = .zero...Duration.seconds(5 * 60)
        return bounds
    }
}
