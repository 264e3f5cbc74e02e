public import IdentityBroker

extension WeComProvider {
    /// The provider type `wecom`.
    public static let manifest = ProviderManifest(
        type: "wecom",
        displayName: "WeCom",
        summary: """
            Signs in the members of one company at WeCom, by redirect to its page with a QR code or inside WeCom, or with \
            the code of a mini program.
            """,
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512, acceptsNativeCodes: true)],
        nonce: .absent,
        reliesOnStateAlone: true,
        settings: settings,
        notices: WeComNotice.meanings,
        documentation: "https://developer.work.weixin.qq.com/document/path/98151",
        registration: """
            In WeCom's console (work.weixin.qq.com), create an app, and take its AgentId and secret, and the company's id \
            (CorpID). Enter the domain of the callback URI, with its port, under web authorization login and among the \
            trusted domains, and the broker's address among the trusted IP addresses. Make those who may sign in the app's \
            visible range.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            "Only members of the company are let in: neither external contacts, nor members of linked companies.",
            """
            WeCom does not distinguish the case of userids, so the subject is the userid in lower case. The alternate id \
            wecom_userid has it as the company wrote it. Apps of service providers get encrypted userids, whose case \
            matters: where such an app has the company's plain CorpID, set encryptedUserids.
            """,
            """
            A code without a redirect is a mini program's. It comes from wx.qy.login, and not from wx.login, and the secret \
            is that of the app with which the mini program is associated.
            """,
            """
            WeCom shows e-mail address, phone number, picture and gender only of members who agree on a page inside WeCom \
            that asks for snsapi_privateinfo. The company enters them, so they count as unverified.
            """,
            "A member outside the app's visible range is noticed only where the directory is read (readMember).",
        ],
        icon: "wecom",
        translations: ["zh": chinese]
    )

    private static let settings: [Setting] = [
        .required("corpId", .text, "The company's id (CorpID, ww…)."),
        .required("agentId", .text, "The AgentId of the app."),
        .required("secret", .secret, "The app's secret."),
        .optional(
            "page", .choice(WeComPage.allCases.map(\.rawValue)), default: WeComPage.web.rawValue,
            """
            The page at which members sign in: web, with a QR code, in any browser; or in_app, for pages that members open \
            inside WeCom.
            """),
        .optional(
            "scope", .choice(WeComScope.allCases.map(\.rawValue)), default: WeComScope.base.rawValue,
            """
            What a page inside WeCom asks for: snsapi_base, for the id, unnoticed; or snsapi_privateinfo, for details as \
            well, which the member has to allow.
            """),
        .optional(
            "readMember", .boolean, default: "true",
            """
            Whether to read the member's entry in the company's directory, for the name, and for whether the member is \
            disabled or outside the app's visible range. A login then fails if the entry cannot be read, unless WeCom does \
            not let the app read any (48002).
            """),
        .optional(
            "encryptedUserids", .boolean,
            """
            Whether the app gets encrypted userids, as those of service providers do, whose case matters. If left out, it \
            does with an encrypted corpId alone. With another value, members may get new accounts.
            """),
        .optional(
            "issuer", .text,
            """
            Who vouches for the members: with the subject, the key that accounts are stored under. If left out, apiURL with \
            corpId. Set it to the old value when apiURL changes.
            """),
        .optional(
            "apiURL", .url, default: Settings.defaultAPIURL,
            "Where WeCom's API is. Change it for a private deployment or a gateway; the paths are added."),
        .optional(
            "authorizeURL", .url,
            """
            Where WeCom's page for browsers is; the path is added. If left out, https://login.work.weixin.qq.com or, \
            inside WeCom, https://open.weixin.qq.com.
            """),
    ]

    private static let chinese = ManifestTranslation(
        displayName: "企业微信",
        summary: "企业微信成员登录：经扫码页面或企业微信内网页的跳转，或使用小程序的 code。",
        settings: [
            "corpId": "企业 ID（CorpID，ww…）。",
            "agentId": "应用的 AgentId。",
            "secret": "应用的 Secret，以引用方式填写。",
            "page": "成员在哪个页面登录：web 为任意浏览器中的扫码页面；in_app 为成员在企业微信内打开的网页。",
            "scope": "企业微信内网页的授权作用域：snsapi_base 静默取得标识；snsapi_privateinfo 还可取得敏感信息，需成员同意。",
            "readMember": """
            是否读取成员的通讯录信息，以取得姓名，并识别已禁用或不在应用可见范围内的成员。无法读取时登录失败，\
            除非企业微信不允许应用读取（48002）。
            """,
            "encryptedUserids": """
            应用得到的 userid 是否为加密的（服务商应用），其大小写有别。缺省时，仅当 corpId 为加密的 CorpID 时如此。\
            更改后，成员可能得到新账号。
            """,
            "issuer": "身份的签发方（issuer），与用户标识一起构成账号的存储键。缺省为 apiURL 加 corpId。更换 apiURL 时请填旧值。",
            "apiURL": "企业微信接口的地址。使用私有部署或网关时更改；路径会自动补上。",
            "authorizeURL":
                "企业微信登录页面的地址；路径会自动补上。缺省为 https://login.work.weixin.qq.com，企业微信内为 https://open.weixin.qq.com。",
        ],
        notices: WeComNotice.chineseMeanings,
        registration: """
            在企业微信管理后台（work.weixin.qq.com）创建自建应用，取得 AgentId、Secret 和企业 ID（CorpID）。将回调地址的域名（含端口）填入企业微信授权登录\
            和可信域名，将服务器地址填入企业可信 IP，并将允许登录的成员设为应用的可见范围。
            """,
        particulars: [
            "只有本企业成员可以登录，外部联系人和互联企业的成员不可以。",
            """
            企业微信的 userid 不区分大小写，因此用户标识是小写的 userid；原样的 userid 见其他标识 wecom_userid。服务商应用得到加密的 \
            userid，其大小写有别：如果这类应用使用明文 CorpID，请设置 encryptedUserids。
            """,
            "不经跳转的 code 来自小程序的 wx.qy.login（不是 wx.login），Secret 须是小程序所关联应用的。",
            "邮箱、手机号、头像和性别只有在成员于企业微信内的 snsapi_privateinfo 授权页面同意后才会提供；它们由企业填写，视为未验证。",
            "只有读取通讯录（readMember）时，才能识别不在应用可见范围内的成员。",
        ]
    )
}
