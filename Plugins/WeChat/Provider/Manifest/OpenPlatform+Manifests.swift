public import IdentityBroker

extension [WeChatNotice] {
    fileprivate static let ofProfile: Self = [.profileUnreadable, .namePlaceholder, .nameCleaned, .pictureRefused]
}

extension WeChatAppProvider {
    /// The provider type `wechat-app`.
    public static let manifest = ProviderManifest(
        type: "wechat-app",
        displayName: "WeChat in a mobile app",
        summary: "Signs users of a mobile app in with WeChat, with the code that WeChat's SDK gives the app.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512, acceptsNativeCodes: true)],
        nonce: .absent,
        settings: AccountSettings.common,
        notices: [WeChatNotice].ofProfile.meanings,
        documentation: "https://developers.weixin.qq.com/doc/oplatform/Mobile_App/WeChat_Login/Development_Guide.html",
        registration: """
            At the WeChat Open Platform (open.weixin.qq.com), register a mobile app and apply for WeChat login. Take its AppID \
            and AppSecret.
            """,
        particulars: [
            "The app asks the SDK for the scope snsapi_userinfo, and compares the state that comes back by itself."
        ],
        icon: "wechat",
        translations: [
            "zh": ManifestTranslation(
                displayName: "微信登录（移动应用）",
                summary: "以微信 SDK 交给移动应用的 code 登录其用户。",
                settings: AccountSettings.chinese(),
                notices: [WeChatNotice].ofProfile.chineseMeanings,
                registration: "在微信开放平台（open.weixin.qq.com）登记移动应用并申请微信登录，取得 AppID 和 AppSecret。",
                particulars: ["应用以 snsapi_userinfo 调用 SDK，并自行核对返回的 state。"]
            )
        ]
    )
}

extension WeChatWebSettings {
    /// The provider type `wechat-web`.
    public static let manifest = ProviderManifest(
        type: "wechat-web",
        displayName: "WeChat on a website",
        summary: "Signs users of a website in with WeChat, by redirect to WeChat's page with a QR code.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512)],
        nonce: .absent,
        reliesOnStateAlone: true,
        settings: AccountSettings.common + [AccountSettings.authorizeURL],
        notices: [WeChatNotice].ofProfile.meanings,
        documentation: "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html",
        registration: """
            At the WeChat Open Platform (open.weixin.qq.com), register a website app, and enter the host of the callback URI, \
            without a port, as its authorized callback domain. Take its AppID and AppSecret.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            "A website's openids differ from those of a mini program or an official account of the same owner."
        ],
        icon: "wechat",
        translations: [
            "zh": ManifestTranslation(
                displayName: "微信登录（网站）",
                summary: "网站用户使用微信扫码登录（跳转到微信的二维码页面）。",
                settings: AccountSettings.chinese(with: ["authorizeURL": AccountSettings.chineseAuthorizeURL]),
                notices: [WeChatNotice].ofProfile.chineseMeanings,
                registration: """
                    在微信开放平台（open.weixin.qq.com）登记网站应用，将回调地址的域名（不含端口）填为授权回调域，取得 AppID 和 \
                    AppSecret。
                    """,
                particulars: ["同一主体的网站、小程序和公众号各有不同的 openid。"]
            )
        ]
    )
}

extension WeChatOfficialAccountSettings {
    /// The provider type `wechat-official-account`.
    public static let manifest = ProviderManifest(
        type: "wechat-official-account",
        displayName: "WeChat official account",
        summary: "Signs in users of a page inside WeChat, by redirect to WeChat, for an official account.",
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512)],
        nonce: .absent,
        reliesOnStateAlone: true,
        settings: AccountSettings.common + [
            .optional(
                "scope", .choice(WeChatScope.allCases.map(\.rawValue)), default: WeChatScope.userInfo.rawValue,
                """
                What to ask for: snsapi_userinfo, for ids and profile, which the user has to allow; or snsapi_base, for ids \
                alone.
                """),
            AccountSettings.authorizeURL,
        ],
        notices: [WeChatNotice].ofProfile.meanings,
        documentation: "https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken",
        registration: """
            In the WeChat console (mp.weixin.qq.com), a verified service account enters the host of the callback URI, without \
            a port, as its domain for web page authorization, and adds the broker's address to the IP allowlist. Take its \
            AppID and AppSecret.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            "The page opens only inside WeChat.",
            """
            In a page that WeChat opened as a snapshot, users have made-up ids. They are refused with interaction_required \
            until they open the whole page.
            """,
        ],
        icon: "wechat",
        translations: [
            "zh": ManifestTranslation(
                displayName: "微信公众号",
                summary: "在微信内的网页中，经跳转登录公众号的用户。",
                settings: AccountSettings.chinese(with: [
                    "scope": "授权作用域：snsapi_userinfo 取得标识和用户资料，需用户同意；snsapi_base 只取得标识。",
                    "authorizeURL": AccountSettings.chineseAuthorizeURL,
                ]),
                notices: [WeChatNotice].ofProfile.chineseMeanings,
                registration: """
                    认证服务号在微信公众平台（mp.weixin.qq.com）将回调地址的域名（不含端口）填为网页授权域名，并将服务器地址加入 IP \
                    白名单，取得 AppID 和 AppSecret。
                    """,
                particulars: [
                    "页面只能在微信内打开。", "微信以快照打开的网页中，用户的标识是虚拟的；在用户打开完整页面之前，以 interaction_required 拒绝登录。",
                ]
            )
        ]
    )
}
