import IdentityBroker

/// The settings of the types, and what they mean in Chinese.
enum AccountSettings {
    /// Those of every type.
    static let common: [Setting] = [
        .required("appId", .text, "The AppID (wx…) of the app at WeChat."),
        .required("secret", .secret, "The app's AppSecret."),
        .optional(
            "subject", .choice(WeChatSubject.allCases.map(\.rawValue)), default: WeChatSubject.openid.rawValue,
            """
            Which of a user's ids is the subject: openid, which is the app's own, or unionid, which all apps of one Open \
            Platform account share. With another, everyone gets a new account.
            """),
        .optional(
            "openPlatform", .text,
            """
            The account of the WeChat Open Platform to which the app is bound: the scope of unionids, under a name of \
            your choice that must not change. Required with the subject unionid.
            """),
        .optional(
            "issuer", .text,
            """
            Who vouches for the users: with the subject, the key that accounts are stored under. If left out, apiURL with \
            the AppID or, for unionids, with open-platform and openPlatform. Set it to the old value when apiURL changes.
            """),
        .optional(
            "apiURL", .url, default: WeChatAccountSettings.defaultAPIURL,
            "Where WeChat's API is. Change it for a regional host or a gateway; the paths are added."),
    ]

    static let authorizeURL = Setting.optional(
        "authorizeURL", .url, default: AuthorizationPage.defaultURL,
        "Where WeChat's pages for browsers are; the paths are added.")

    /// What the settings of every type mean in Chinese, and a type's own.
    static func chinese(with others: [String: String] = [:]) -> [String: String] {
        chineseCommon.merging(others) { _, own in own }
    }

    private static let chineseCommon = [
        "appId": "微信应用的 AppID（wx…）。",
        "secret": "应用的 AppSecret，以引用方式填写。",
        "subject": "以哪个标识作为用户标识（subject）：openid（仅限本应用），或 unionid（同一开放平台账号下的应用共用）。更改后，所有用户都会得到新账号。",
        "openPlatform": "应用所绑定的微信开放平台账号，即 unionid 的作用域；名称自定（限 ASCII 字母、数字和 . - _），但须保持不变。用户标识为 unionid 时必填。",
        "issuer":
            "身份的签发方（issuer），与用户标识一起构成账号的存储键。缺省由 apiURL 加 AppID（或 open-platform 加 openPlatform）组成。更换 apiURL 时请填旧值。",
        "apiURL": "微信接口的地址。使用区域域名或网关时更改；路径会自动补上。",
    ]

    static let chineseAuthorizeURL = "微信授权页面的地址；路径会自动补上。"
}
