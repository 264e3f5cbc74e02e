import UpstreamAPI

extension APIEndpoint {
    /// `auth/getuserinfo`: the app's access token and the code of a page in, the member's id out.
    static let userInfo = weCom("auth/getuserinfo", otherwise: .codeRefused)
    /// `miniprogram/jscode2session`: the app's access token and the code of a mini program in, company and member out.
    static let session = weCom("miniprogram/jscode2session", otherwise: .codeRefused)
    /// `user/get`: the app's access token and the member's id in, the member's entry in the directory out.
    static let member = weCom("user/get", otherwise: .unknown)
    /// `auth/getuserdetail`: the app's access token and the member's ticket in, what the member agreed to show out.
    static let details = weCom("auth/getuserdetail", otherwise: .unknown)
    /// `gettoken`: corpid and secret in, the app's access token out.
    static let appToken = weCom("gettoken", otherwise: .unknown)

    private static func weCom(_ name: String, otherwise: Refusal) -> APIEndpoint {
        APIEndpoint(name, of: "WeCom", refusals: [Refusal.table], otherwise: otherwise)
    }
}
