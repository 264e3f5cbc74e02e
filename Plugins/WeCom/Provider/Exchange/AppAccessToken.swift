import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

extension SharedValue where Value == AppToken {
    /// The app's own access token (`gettoken`). Until it expires, WeCom gives everyone the same, so that several brokers do
    /// not void each other's. It may void one early, and intercepts those who ask often, so the token is kept for as long as
    /// it lasts, and fetched again where it is refused.
    static func appAccessToken(of corporation: Corporation, clock: BrokerClock) -> SharedValue<AppToken> {
        let request = UpstreamRequest.get(
            corporation.api.appending("cgi-bin", "gettoken"),
            FormFields(["corpid": corporation.corpId, "corpsecret": corporation.secret.reveal()]))
        return .appToken("app_access_token", from: request, within: .refusableToken) { response in
            let answer = try response.object(from: .appToken, at: clock.now())
            guard let token = answer.text("access_token") else {
                throw BrokerError.misbehaved("WeCom's gettoken answered without a token.")
            }
            return AppToken(Secret(token), lifetime: answer["expires_in"]?.wholeNumber.map { .seconds($0) })
        }
    }
}
