import UpstreamAPI

extension APIEndpoint {
    /// The token endpoint: App Secret and code in, the user's access token out.
    static let token = feishu(
        "token endpoint", setting: "tokenPath", refusals: [Refusal.table], otherwise: .codeRefused)
    /// The same, for a code that an app got itself.
    static let tokenOfApp = feishu(
        "token endpoint", setting: "tokenPath", refusals: [Refusal.tableOfAppCodes, Refusal.table],
        otherwise: .codeRefused)
    /// `mina/v2/tokenLoginValidate`: the app's access token and a mini program's code in, the user's access token out.
    static let session = feishu("mina/v2/tokenLoginValidate", refusals: [Refusal.table], otherwise: .codeRefused)
    /// `authen/v1/user_info`: the user's access token in, ids and profile out.
    static let userInfo = feishu(
        "authen/v1/user_info", refusals: [Refusal.tableOfUserInfo, Refusal.table], otherwise: .unknown)
    /// `auth/v3/app_access_token/internal`: App Secret in, the app's access token out.
    static let appToken = feishu(
        "auth/v3/app_access_token/internal", refusals: [Refusal.tableOfAppToken, Refusal.table], otherwise: .unknown)

    private static func feishu(
        _ name: String,
        setting: String = "apiURL",
        refusals: [[Refusal]],
        otherwise: Refusal
    ) -> APIEndpoint {
        APIEndpoint(name, of: "Feishu", setting: setting, refusals: refusals, otherwise: otherwise)
    }
}
