public import IdentityBroker

extension AlipayProvider {
    /// The provider type `alipay`.
    public static let manifest = ProviderManifest(
        type: "alipay",
        displayName: "Alipay",
        summary: """
            Signs users in with Alipay, by redirect on a website, or with the code that Alipay gave an app or a mini program.
            """,
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 512, acceptsNativeCodes: true)],
        nonce: .absent,
        reliesOnStateAlone: true,
        settings: settings,
        notices: AlipayNotice.meanings,
        documentation: "https://opendocs.alipay.com/open/284/web",
        registration: """
            At Alipay's open platform (open.alipay.com), create an app, add the ability to get member information (获取会员信息), \
            enter the callback URI as its authorization callback address, and upload the public key of a new RSA2 key pair, or \
            its certificate request. Take the AppID, and Alipay's public key or the three certificates.
            """,
        takesLoopbackCallbacks: false,
        particulars: [
            """
            Alipay's public key (支付宝公钥) is not the app's public key (应用公钥). The console shows it after the app's was \
            uploaded.
            """,
            """
            New apps get open_id only. Apps that get both ids today can lose user_id: take the one as subject that the app \
            will keep, and never change it.
            """,
            """
            Each request is signed, and each answer is believed only if Alipay's signature of it verifies. An answer whose \
            signature does not is upstream_misbehaved.
            """,
            """
            Alipay knows no PKCE. A code that was stolen from a page could be presented as one of an app, without the login \
            that it belongs to. If no app or mini program signs in here, set nativeCodes to false, which closes that way.
            """,
            "With a code of the scope auth_base, Alipay gives the ids but no profile: the login then has no name.",
            """
            open_id is unique at one app, or at one group of apps, and union_id among the apps of one owner. For apps of \
            several owners, set issuer to a text of its own for each owner.
            """,
        ],
        icon: "alipay",
        translations: [
            "zh": ManifestTranslation(
                displayName: "支付宝",
                summary: "用户使用支付宝登录：网站经跳转；移动应用或小程序使用支付宝交给它的 code。",
                settings: chineseSettings,
                notices: AlipayNotice.chineseMeanings,
                registration: """
                    在支付宝开放平台（open.alipay.com）创建应用，添加“获取会员信息”能力，将回调地址填为授权回调地址，上传新生成的 RSA2 \
                    密钥对的公钥（或证书请求文件）。取得 AppID，以及支付宝公钥或三个证书。
                    """,
                particulars: [
                    "支付宝公钥不是应用公钥；上传应用公钥后，控制台才会显示支付宝公钥。",
                    "新应用只返回 open_id；目前两者都返回的应用，以后可能不再返回 user_id。请选定应用会一直拥有的标识作为用户标识，此后不再更改。",
                    "每个请求都经签名；只有支付宝的签名验证通过，应答才会被采信，否则为 upstream_misbehaved。",
                    "支付宝没有 PKCE：从网页窃取的 code 可冒充应用的 code，无须其所属的登录流程。若没有应用或小程序在此登录，请将 nativeCodes 设为 false，以关闭此途径。",
                    "以 auth_base 取得的 code 只返回标识，不返回用户资料，因此登录结果中没有名称。",
                    "open_id 仅在一个应用（或应用组）内唯一，union_id 仅在同一主体的应用间唯一。若应用属于多个主体，请为每个主体设置各自的 issuer。",
                ]
            )
        ]
    )

    private static let settings: [Setting] = [
        .required("appId", .text, "The app's AppID at Alipay."),
        .required(
            "privateKey", .secret,
            "The app's private key (RSA2), in PEM form or in Base64, as PKCS #8 or PKCS #1. It never leaves the broker."
        ),
        .optional(
            "alipayPublicKey", .secret, isUsuallyGiven: true,
            """
            Alipay's public key for the app (支付宝公钥), in PEM form or in Base64. It is no secret, and may be a literal. \
            Required unless the three certificates are given.
            """),
        .optional(
            "appCertificate", .path,
            "The app's certificate (appCertPublicKey_….crt). Required in certificate mode, in place of alipayPublicKey."
        ),
        .optional(
            "alipayCertificate", .path,
            "Alipay's certificate (alipayCertPublicKey_RSA2.crt). Required in certificate mode."),
        .optional(
            "rootCertificate", .path,
            "The bundle of Alipay's root certificates (alipayRootCert.crt). Required in certificate mode."),
        .optional(
            "subject", .choice(AlipaySubject.allCases.map(\.rawValue)), default: AlipaySubject.openId.rawValue,
            """
            Which of a user's ids is the subject: open_id, which is the app's own, or user_id, which older apps get and all \
            apps share. With another, everyone gets a new account.
            """),
        .optional(
            "issuer", .text,
            """
            Who vouches for the users: with the subject, the key that accounts are stored under. If left out, apiURL, with \
            the AppID for the subject open_id. Set it to the old value when apiURL changes.
            """),
        .optional(
            "apiURL", .url, default: Settings.defaultAPIURL,
            "Where Alipay's gateway is. Change it for Alipay's own sandbox; /gateway.do is added."),
        .optional(
            "authorizeURL", .url, default: Settings.defaultAuthorizeURL,
            "Where Alipay's pages for browsers are; the path is added."),
        .optional(
            "nativeCodes", .boolean, default: "true",
            """
            Whether to take codes that Alipay gave an app or a mini program as well, which belong to no login of the broker. \
            Redirects always work.
            """),
    ]

    private static let chineseSettings = [
        "appId": "支付宝应用的 AppID。",
        "privateKey": "应用私钥（RSA2），PEM 或 Base64 格式，PKCS #8 或 PKCS #1，以引用方式填写；绝不离开本服务。",
        "alipayPublicKey": "该应用对应的支付宝公钥，PEM 或 Base64 格式，以引用方式填写（公钥无须保密，可用 literal）。未填写三个证书时必填。",
        "appCertificate": "应用公钥证书（appCertPublicKey_….crt）的路径。证书模式下必填，代替 alipayPublicKey。",
        "alipayCertificate": "支付宝公钥证书（alipayCertPublicKey_RSA2.crt）的路径。证书模式下必填。",
        "rootCertificate": "支付宝根证书（alipayRootCert.crt）的路径。证书模式下必填。",
        "subject": "以哪个标识作为用户标识（subject）：open_id（仅限本应用），或 user_id（旧应用才有，所有应用相同）。更改后，所有用户都会得到新账号。",
        "issuer": "身份的签发方（issuer），与用户标识一起构成账号的存储键。缺省为 apiURL，用户标识为 open_id 时再加 AppID。更换 apiURL 时请填旧值。",
        "apiURL": "支付宝网关的地址。使用支付宝沙箱时更改；/gateway.do 会自动补上。",
        "authorizeURL": "支付宝授权页面的地址；路径会自动补上。",
        "nativeCodes": "是否也接受支付宝交给应用或小程序的 code；这种 code 不属于本服务的任何登录流程。跳转始终可用。",
    ]
}
