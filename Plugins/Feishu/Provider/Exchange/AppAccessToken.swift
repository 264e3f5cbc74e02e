import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

extension SharedValue where Value == AppToken {
    /// The app's own access token. Feishu gives everyone the same until its last half hour, and then a new one while the old
    /// one stays valid, so that several brokers do not void each other's.
    static func appAccessToken(of app: App, clock: BrokerClock) -> SharedValue<AppToken> {
        let request = UpstreamRequest.post(
            json: ["app_id": .string(app.appId), "app_secret": .string(app.secret.reveal())],
            to: app.api.appending("open-apis", "auth", "v3", "app_access_token", "internal"))
        return .appToken("app_access_token", from: request, within: .refusableToken) { response in
            let answer = try response.object(from: .appToken, at: clock.now())
            guard let token = answer.text("app_access_token"), ClientText.isAccessToken(token) else {
                throw BrokerError.misbehaved("Feishu's app_access_token answered without a token.")
            }
            return AppToken(Secret(token), lifetime: answer["expire"]?.wholeNumber.map { .seconds($0) })
        }
    }
}
