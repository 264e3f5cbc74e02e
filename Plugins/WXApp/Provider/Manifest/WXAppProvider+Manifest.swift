public import IdentityBroker
import WXAppClient

extension WXAppProvider {
    /// The provider type `wxapp`.
    public static let manifest = ProviderManifest(
        type: "wxapp",
        displayName: "WeChat mini program (GenAuth)",
        summary: """
            An app opens GenAuth's WeChat mini program, gets a ticket back, and its server exchanges the ticket \
            for the user.
            """,
        credentials: [CredentialForm(kind: .ticket)],
        settings: settings,
        notices: Dictionary(
            uniqueKeysWithValues: WXAppNotice.allCases.map { ($0.notice, $0.meaning) }
        ),
        documentation: "https://docs.authing.cn/v2/guides/wechat-ecosystem/wechat-miniprogram-applaunch.html",
        registration: "In the GenAuth console, take the user pool's id and secret from its basic settings.",
        icon: "wechat",
        translations: ["zh": chinese]
    )

    static let settings: [Setting] = [
        .required(
            "userPoolId",
            .text,
            "The id of the GenAuth user pool whose users sign in: console, basic settings."
        ),
        .optional(
            "secret",
            .secret,
            isUsuallyGiven: true,
            """
            The user pool's secret, the master key of the pool. Leave it out only if the pool exchanges tickets without \
            it: whoever gets hold of a ticket can redeem it then.
            """
        ),
        .optional(
            "baseURL",
            .url,
            default: Settings.defaultBaseURL,
            "Where GenAuth is. Change it for a private deployment; the path of the exchange is added."
        ),
        .optional(
            "issuer",
            .text,
            default: "{baseURL}/{userPoolId}",
            """
            Who vouches for the users: with the subject, the key that accounts are stored under. Set it to the old value \
            when baseURL changes, so that nobody gets a new account.
            """
        ),
        .optional(
            "tokenKey",
            .secret,
            """
            The key that GenAuth signs the user's token with (HS256). If it is set, a login whose token is absent, has \
            another algorithm or does not verify is refused.
            """
        ),
        .optional("miniProgram", .object(miniProgramSettings), "The mini program; GenAuth's shared one if left out."),
        .optional(
            "requestPhone",
            .boolean,
            default: "false",
            "Whether the mini program asks the user for a phone number."
        ),
    ]

    private static let miniProgramSettings: [Setting] = {
        let shared = MiniProgram.genAuth
        return [
            .optional(
                "userName",
                .text,
                default: shared.userName,
                "The original id of the mini program (gh_…), by which WeChat opens it."
            ),
            .optional(
                "appId",
                .text,
                default: shared.appId,
                "The AppID of the mini program (wx…): the scope of its users' openids."
            ),
            .optional(
                "path",
                .text,
                default: shared.path,
                "The page to open, absolute and without a query."
            ),
            .optional(
                "useSelfWxapp",
                .boolean,
                default: "\(shared.useSelfWxapp)",
                "Whether this is a mini program of your own rather than the one that GenAuth shares."
            ),
            .optional(
                "type",
                .choice(MiniProgramType.allCases.map(\.rawValue)),
                default: shared.type.rawValue,
                "The edition to open: released, for its developers, or for its trial users."
            ),
        ]
    }()
}
