public import IdentityBroker

extension FeishuProvider {
    /// The provider type `feishu`.
    public static let manifest = ProviderManifest(
        type: "feishu",
        displayName: "Feishu",
        summary: """
            Signs in users of Feishu or Lark, by redirect, or with the code that its client gives a page or a mini program.
            """,
        credentials: [CredentialForm(kind: .authorizationCode, maximumBytes: 1024, acceptsNativeCodes: true)],
        nonce: .absent,
        settings: settings,
        notices: FeishuNotice.meanings,
        documentation: "https://open.feishu.cn/document/sso/web-application-sso/login-overview",
        registration: """
            In Feishu's developer console (open.feishu.cn/app, or open.larksuite.com/app for Lark), create a custom app, and \
            take its App ID and App Secret. Enter the callback URI among its redirect URLs, make those who may sign in the \
            app's availability range, and publish a version.
            """,
        particulars: [
            """
            Feishu and Lark are two installations, whose apps, users and tokens are not each other's. For Lark, set apiURL \
            to https://open.larksuite.com and authorizeURL to https://accounts.larksuite.com.
            """,
            """
            A person in two tenants has other ids in each. The attribute tenant_key says which tenant it is; where an app \
            has several, tenants lists those whose users may sign in.
            """,
            """
            E-mail address and phone number need permissions. The tenant's administrator enters them, so they count as \
            unverified. The address of the company's mail service (enterprise_email) is never the claim.
            """,
            """
            The second version of the token endpoint is the default, and marked as deprecated by Feishu. The third is \
            tokenPath: /oauth/v3/token; if it does not accept PKCE (20049), set pkce to off.
            """,
            """
            A code without a redirect comes from tt.requestAccess (nativeCodes). For a mini program that calls tt.login, set appCode to \
            login; its app has to be a custom one.
            """,
        ],
        icon: "feishu",
        translations: ["zh": chinese]
    )

    private static let settings: [Setting] = [
        .required("appId", .text, "The App ID (cli_…)."),
        .required("secret", .secret, "The App Secret."),
        .optional(
            "subject", .choice(FeishuSubject.allCases.map(\.rawValue)), default: FeishuSubject.unionID.rawValue,
            """
            Which of a user's ids is the subject: union_id, which all apps of one developer share; open_id, which is the \
            app's own; or user_id, which is the tenant's, needs a permission, and exactly one tenant in tenants. With \
            another, everyone gets a new account.
            """),
        .optional(
            "tenants", .list(.text),
            """
            The tenant_keys of the tenants whose users may sign in. If left out, users of every tenant \
            that has the app may, so leave it out only for an app that is one tenant's own.
            """),
        .optional(
            "scopes", .list(.text),
            "The permissions that users are asked for, such as contact:user.email:readonly."),
        .optional(
            "pkce", .choice(PKCE.allCases.map(\.rawValue)), default: PKCE.required.rawValue,
            """
            Whether redirects use PKCE (RFC 7636). Set it to off only if the token endpoint does not accept it, and set \
            nativeCodes to false as well if no app brings codes that it got itself.
            """),
        .optional(
            "appCode", .choice(FeishuAppCode.allCases.map(\.rawValue)), default: FeishuAppCode.requestAccess.rawValue,
            """
            Which call of Feishu's client gives the app its codes: request_access (tt.requestAccess), or login (tt.login of \
            mini programs for old clients).
            """),
        .optional(
            "nativeCodes", .boolean, default: "true",
            "Whether to take codes that an app got itself, beside redirects. Anyone with such a code can sign in."
        ),
        .optional(
            "tokenPath", .text, default: Settings.defaultTokenPath,
            """
            The path at which codes are redeemed: of authorizeURL if it begins with /oauth/, as the third version's \
            /oauth/v3/token does, and of apiURL otherwise. Or the whole address, for a gateway that is at neither.
            """),
        .optional(
            "issuer", .text,
            """
            Who vouches for the users: with the subject, the key that accounts are stored under. If left out, apiURL with, \
            unless the subject is the union_id, appId and, if it is the user_id, the tenant. Set it to the old value when \
            apiURL changes.
            """),
        .optional(
            "apiURL", .url, default: Settings.defaultAPIURL,
            "Where Feishu's API is; https://open.larksuite.com for Lark. The paths are added."),
        .optional(
            "authorizeURL", .url, default: Settings.defaultAuthorizeURL,
            "Where Feishu's pages for browsers are; https://accounts.larksuite.com for Lark. The paths are added."),
    ]

    private static let chinese = ManifestTranslation(
        displayName: "飞书",
        summary: "用户使用飞书（或 Lark）账号登录：经跳转，或使用飞书客户端交给网页应用、小程序的 code。",
        settings: [
            "appId": "应用的 App ID（cli_…）。",
            "secret": "应用的 App Secret，以引用方式填写。",
            "subject": """
            以哪个标识作为用户标识（subject）：union_id（同一开发者的应用共用）、open_id（仅限本应用），或 user_id（仅限租户，需相应权限，\
            且 tenants 须恰有一项）。更改后，所有用户都会得到新账号。
            """,
            "tenants": "允许其用户登录的租户的 tenant_key。缺省时，安装了应用的所有租户的用户均可登录，因此仅当应用只属于一个租户时才可缺省。",
            "scopes": "请用户授予的权限，例如 contact:user.email:readonly。",
            "pkce": "跳转登录是否使用 PKCE（RFC 7636）。仅在令牌接口不接受时才设为 off；此时若没有应用自行取得的 code，请将 nativeCodes 设为 false。",
            "nativeCodes": "除跳转外，是否也接受应用自行取得的 code。得到这种 code 的人都能用它登录。",
            "appCode": "应用的 code 来自客户端的哪个接口：request_access（tt.requestAccess），或 login（旧版客户端小程序的 tt.login）。",
            "tokenPath": """
            以 code 换取令牌的路径：以 /oauth/ 开头者（如 v3 的 /oauth/v3/token）属于 authorizeURL，其他属于 apiURL。\
            网关在别处时，也可填完整地址。
            """,
            "issuer": """
            身份的签发方（issuer），与用户标识一起构成账号的存储键。缺省为 apiURL；用户标识不是 union_id 时再加 appId，用户标识是 user_id 时还加租户。\
            更换 apiURL 时请填旧值。
            """,
            "apiURL": "飞书接口的地址；Lark 为 https://open.larksuite.com。路径会自动补上。",
            "authorizeURL": "飞书登录页面的地址；Lark 为 https://accounts.larksuite.com。路径会自动补上。",
        ],
        notices: FeishuNotice.chineseMeanings,
        registration: """
            在飞书开发者后台（open.feishu.cn/app，Lark 为 open.larksuite.com/app）创建企业自建应用，取得 App ID 和 App Secret，将回调地址填入重定向 URL，\
            将允许登录的用户设为应用的可用范围，并发布版本。
            """,
        particulars: [
            """
            飞书与 Lark 是两套系统，应用、用户和令牌互不相通。使用 Lark 时，将 apiURL 设为 https://open.larksuite.com，\
            将 authorizeURL 设为 https://accounts.larksuite.com。
            """,
            "同一个人在不同租户中的标识不同。属性 tenant_key 表明所属租户；应用有多个租户时，以 tenants 列出允许登录的租户。",
            "邮箱和手机号需要相应权限；它们由租户管理员填写，视为未验证。企业邮箱（enterprise_email）不会作为邮箱使用。",
            "默认使用令牌接口 v2，飞书已将其标为不推荐。v3 为 tokenPath: /oauth/v3/token；如果它不接受 PKCE（20049），将 pkce 设为 off。",
            "不经跳转的 code 来自 tt.requestAccess。小程序调用 tt.login 时，将 appCode 设为 login，且应用须是企业自建应用。",
        ]
    )
}
