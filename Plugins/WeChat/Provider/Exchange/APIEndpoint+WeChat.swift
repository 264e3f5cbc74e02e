import UpstreamAPI

extension APIEndpoint {
    /// `jscode2session`: AppSecret and code in, ids and session key out.
    static let session = weChat("jscode2session", refusals: [Refusal.table], otherwise: .codeRefused)
    /// `sns/oauth2/access_token`: the same, with the user's access token out.
    static let token = weChat("sns/oauth2/access_token", refusals: [Refusal.table], otherwise: .codeRefused)
    /// `getuserphonenumber`: the app's access token and the phone code in.
    static let phone = weChat(
        "getuserphonenumber", refusals: [Refusal.tableOfPhone, Refusal.table], otherwise: .phoneCodeRefused)
    /// `sns/userinfo`: the user's access token in.
    static let profile = weChat(
        "sns/userinfo", refusals: [Refusal.tableOfProfile, Refusal.table], otherwise: .unknown)
    /// `stable_token`: AppSecret in, the app's access token out.
    static let appToken = weChat("stable_token", refusals: [Refusal.table], otherwise: .unknown)

    private static func weChat(_ name: String, refusals: [[Refusal]], otherwise: Refusal) -> APIEndpoint {
        APIEndpoint(name, of: "WeChat", refusals: refusals, otherwise: otherwise)
    }
}
