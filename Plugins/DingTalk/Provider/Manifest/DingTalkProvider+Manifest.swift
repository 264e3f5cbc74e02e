public import IdentityBroker

extension DingTalkProvider {
    /// The provider type `dingtalk`.
    public static let manifest = ProviderManifest(
        type: "dingtalk",
        displayName: "DingTalk",
        summary: "Signs users in with DingTalk, by redirect, or with the code that DingTalk's SDK gave a mobile app.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512, acceptsNativeCodes: true)],
        nonce: .absent,
        reliesOnStateAlone: true,
        settings: settings,
        notices: DingTalkNotice.meanings,
        documentation: "https://open.dingtalk.com/document/orgapp/obtain-identity-credentials",
        registration: """
            At DingTalk's open platform (open-dev.dingtalk.com), create an app, enter the callback URI as its redirect URL for \
            signing in and sharing, and add the permission to read a user's personal information (Contact.User.Read). Take its \
            Client ID and Client Secret.
            """,
        particulars: [
            "A user who is no more than a visitor at DingTalk is refused with interaction_required.",
            """
            E-mail address and phone number come only with the app's permission for each, and are never verified: no \
            account is found by them.
            """,
            """
            DingTalk knows no PKCE. A code that was stolen from a page could be presented as one of an app, without the login \
            that it belongs to. If no mobile app signs in here, set nativeCodes to false, which closes that way.
            """,
            """
            unionId is unique among the apps of one owner only. For apps of several owners, set issuer to a text of its own \
            for each owner: otherwise users of two owners could meet in one account.
            """,
        ],
        icon: "dingtalk",
        translations: [
            "zh": ManifestTranslation(
                displayName: "钉钉",
                summary: "用户使用钉钉登录：经跳转，或使用钉钉 SDK 交给移动应用的 code。",
                settings: chineseSettings,
                notices: DingTalkNotice.chineseMeanings,
                registration: """
                    在钉钉开放平台（open-dev.dingtalk.com）创建应用，在“登录与分享”中将回调地址填为重定向 URL，并添加“个人信息读取” \
                    权限（Contact.User.Read）。取得 Client ID 和 Client Secret。
                    """,
                particulars: [
                    "用户若在钉钉仅为访客，以 interaction_required 拒绝登录。",
                    "邮箱和手机号须应用具备相应权限才会返回，且均视为未验证：不会据此查找账号。",
                    "钉钉没有 PKCE：从网页窃取的 code 可冒充应用的 code，无须其所属的登录流程。若没有移动应用在此登录，请将 nativeCodes 设为 false，以关闭此途径。",
                    "unionId 仅在同一主体的应用间唯一。若应用属于多个主体，请为每个主体设置各自的 issuer，否则不同主体的用户可能落入同一账号。",
                ]
            )
        ]
    )

    private static let settings: [Setting] = [
        .required("clientId", .text, "The app's Client ID (AppKey) at DingTalk."),
        .required("clientSecret", .secret, "The app's Client Secret (AppSecret)."),
        .optional(
            "subject", .choice(DingTalkSubject.allCases.map(\.rawValue)), default: DingTalkSubject.unionId.rawValue,
            """
            Which of a user's ids is the subject: unionId, which all apps of one owner share, or openId, which is the app's \
            own. With another, everyone gets a new account.
            """),
        .optional(
            "issuer", .text,
            """
            Who vouches for the users: with the subject, the key that accounts are stored under. If left out, apiURL, with \
            the Client ID for the subject openId. Set it to the old value when apiURL changes.
            """),
        .optional(
            "apiURL", .url, default: Settings.defaultAPIURL,
            "Where DingTalk's API is. Change it for a gateway; the paths are added."),
        .optional(
            "authorizeURL", .url, default: Settings.defaultAuthorizeURL,
            "Where DingTalk's pages for browsers are; the path is added."),
        .optional(
            "nativeCodes", .boolean, default: "true",
            """
            Whether to take codes that DingTalk's SDK gave a mobile app as well, which belong to no login of the broker. \
            Redirects always work.
            """),
    ]

    private static let chineseSettings = [
        "clientId": "钉钉应用的 Client ID（AppKey）。",
        "clientSecret": "应用的 Client Secret（AppSecret），以引用方式填写。",
        "subject": "以哪个标识作为用户标识（subject）：unionId（同一主体的应用共用），或 openId（仅限本应用）。更改后，所有用户都会得到新账号。",
        "issuer": "身份的签发方（issuer），与用户标识一起构成账号的存储键。缺省为 apiURL，用户标识为 openId 时再加 Client ID。更换 apiURL 时请填旧值。",
        "apiURL": "钉钉接口的地址。使用网关时更改；路径会自动补上。",
        "authorizeURL": "钉钉登录页面的地址；路径会自动补上。",
        "nativeCodes": "是否也接受钉钉 SDK 交给移动应用的 code；这种 code 不属于本服务的任何登录流程。跳转始终可用。",
    ]
}
