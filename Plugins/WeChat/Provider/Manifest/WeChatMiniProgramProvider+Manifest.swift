public import IdentityBroker
import WeChatClient

extension WeChatMiniProgramProvider {
    /// The provider type `wechat-miniprogram`.
    public static let manifest = ProviderManifest(
        type: "wechat-miniprogram",
        displayName: "WeChat mini program",
        summary: """
            Signs users of a WeChat mini program in with the code of wx.login, and reads the phone number and profile that \
            the program sends along.
            """,
        credentials: [
            CredentialForm(kind: .authorizationCode, maximumBytes: 512, acceptsNativeCodes: true, parts: parts)
        ],
        nonce: .absent,
        settings: AccountSettings.common + [
            .optional(
                "watermarkAge", .duration, default: "10m",
                """
                How old the data in encrypted_data, and the answer to phone_code, may be by the time in its watermark: 1s to \
                24h.
                """)
        ],
        notices: WeChatNotice.allCases.meanings,
        documentation:
            "https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session",
        registration: """
            In the WeChat console (mp.weixin.qq.com), under development settings, take the AppID and generate the AppSecret, \
            and add the broker's address to the IP allowlist. Bind the mini program to an Open Platform account if the \
            subject is the unionid.
            """,
        particulars: [
            "A code is good for one login within five minutes.",
            """
            phone_code is the code of getPhoneNumber, and not that of wx.login. WeChat checks that both are of the same user, \
            bills each number, and refuses a code that was used.
            """,
            """
            encrypted_data decrypts only with the session of the last wx.login: the program has to sign in first, and ask \
            WeChat for the data then.
            """,
            "The session key never leaves the broker.",
            "Since November 2022, wx.getUserProfile gives every user the same name and picture, which are not used.",
        ],
        icon: "wechat",
        translations: [
            "zh": ManifestTranslation(
                displayName: "微信小程序",
                summary: "以 wx.login 的 code 登录微信小程序用户，并读取小程序附带的手机号和用户资料。",
                settings: AccountSettings.chinese(with: [
                    "watermarkAge": "encrypted_data 及 phone_code 结果中的水印时间距今最长多久，1s 至 24h。"
                ]),
                parts: chineseParts,
                notices: WeChatNotice.allCases.chineseMeanings,
                registration: """
                    在微信公众平台（mp.weixin.qq.com）的开发设置中取得 AppID、生成 AppSecret，并将服务器地址加入 IP 白名单。\
                    用户标识为 unionid 时，先将小程序绑定到微信开放平台账号。
                    """,
                particulars: [
                    "code 五分钟内有效，只能登录一次。",
                    "phone_code 是 getPhoneNumber 的 code，不是 wx.login 的 code。微信会核对二者属于同一用户，并按次计费。",
                    "encrypted_data 只能用最近一次 wx.login 的会话解密：小程序须先登录，再向微信取数据。",
                    "会话密钥（session_key）绝不离开本服务。",
                    "自 2022 年 11 月起，wx.getUserProfile 为所有用户返回相同的昵称和头像，因此不采用。",
                ]
            )
        ]
    )

    private static let parts = [
        part(
            .phoneCode,
            "The code that the button of type getPhoneNumber gave the program, for the user's phone number."),
        part(
            .encryptedData,
            "What WeChat encrypted for the program, in Base64: the user's profile or phone number. Together with iv."),
        part(.iv, "The initialization vector of encrypted_data, in Base64."),
        part(
            .rawData, alphabet: .text,
            "The user's profile as the text that WeChat signed (rawData). Together with signature."),
        part(.signature, alphabet: .unreserved, "WeChat's signature of raw_data: a SHA-1 in hexadecimal."),
    ]

    private static func part(
        _ part: WeChatMiniProgramPart,
        alphabet: CredentialForm.Alphabet = .visibleASCII,
        _ documentation: String
    ) -> CredentialPart {
        CredentialPart(part.rawValue, maximumBytes: part.maximumBytes, alphabet: alphabet, documentation)
    }

    private static let chineseParts = [
        WeChatMiniProgramPart.phoneCode.rawValue: "getPhoneNumber 按钮给小程序的 code，用于取得用户手机号。",
        WeChatMiniProgramPart.encryptedData.rawValue: "微信为小程序加密的数据（Base64）：用户资料或手机号。与 iv 一起发送。",
        WeChatMiniProgramPart.iv.rawValue: "encrypted_data 的初始向量（Base64）。",
        WeChatMiniProgramPart.rawData.rawValue: "微信签名的用户资料原文（rawData）。与 signature 一起发送。",
        WeChatMiniProgramPart.signature.rawValue: "微信对 raw_data 的签名：十六进制的 SHA-1。",
    ]
}
