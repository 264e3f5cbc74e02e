/// What a WeChat mini program learns about its user: the `oauth` member of GenAuth's record, except nickname and phone.
public struct WeChatProfile: Sendable, Hashable {
    /// The user's id for this mini program.
    public var openid: String

    /// The user's id for all apps of one Open Platform account; nil if the mini program is not bound to one.
    public var unionid: String?

    /// 1 male, 2 female, 0 unknown; always 0 since WeChat stopped reporting it in 2021.
    public var gender: Int

    /// `en`, `zh_CN` or `zh_TW`.
    public var language: String

    /// The city, in the language above; empty if unknown.
    public var city: String

    /// The province, in the language above; empty if unknown.
    public var province: String

    /// The country, in the language above; empty if unknown.
    public var country: String

    /// The address of the picture at WeChat.
    public var avatarURL: String

    /// Creates a profile; with only an openid it is what WeChat reports about new users today.
    public init(
        openid: String,
        unionid: String? = nil,
        gender: Int = 0,
        language: String = "zh_CN",
        city: String = "",
        province: String = "",
        country: String = "",
        avatarURL: String = "https://thirdwx.qlogo.cn/mmopen/vi_32/default/132"
    ) {
        self.openid = openid
        self.unionid = unionid
        self.gender = gender
        self.language = language
        self.city = city
        self.province = province
        self.country = country
        self.avatarURL = avatarURL
    }
}
