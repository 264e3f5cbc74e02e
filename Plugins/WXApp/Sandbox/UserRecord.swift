import Foundation

/// The record that the exchange answers with, member for member as GenAuth documents it.
struct UserRecord: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id = "_id"
        case emailVerified, username, nickname, company, photo, loginsCount, registerMethod, blocked, isDeleted, oauth
        case metadata, unionid, openid, lastIP, lastLogin, signedUp, token, tokenExpiredAt, phone
    }

    let user: SandboxUser
    let phone: String?
    let oauth: String
    let login: Date
    let token: UserToken

    /// - Parameters:
    ///   - user: The user, with this login counted.
    ///   - isPhoneGranted: Whether the mini program was allowed to pass the phone number on.
    ///   - login: When the ticket was redeemed.
    init(user: SandboxUser, isPhoneGranted: Bool, login: Date, token: UserToken) throws {
        self.user = user
        self.phone = isPhoneGranted ? user.phone : nil
        self.oauth = try JSONText.encode(OAuthBlob(user: user, phone: phone))
        self.login = login
        self.token = token
    }

    func encode(to encoder: any Encoder) throws {
        var record = encoder.container(keyedBy: CodingKeys.self)
        try record.encode(user.id, forKey: .id)
        try record.encode(false, forKey: .emailVerified)
        try record.encode(user.username, forKey: .username)
        try record.encode(user.nickname, forKey: .nickname)
        try record.encode(user.company, forKey: .company)
        try record.encode(user.photo, forKey: .photo)
        try record.encode(user.loginsCount, forKey: .loginsCount)
        try record.encode(user.registerMethod, forKey: .registerMethod)
        try record.encode(user.isBlocked, forKey: .blocked)
        try record.encode(user.isDeleted, forKey: .isDeleted)
        try record.encode(oauth, forKey: .oauth)
        try record.encode(user.metadata, forKey: .metadata)
        try record.encodeIfPresent(user.weChatProfile.unionid, forKey: .unionid)
        try record.encode(user.weChatProfile.openid, forKey: .openid)
        try record.encode("::ffff:127.0.0.1", forKey: .lastIP)
        try record.encode(JSONText.date(login), forKey: .lastLogin)
        try record.encode(JSONText.date(user.signedUp), forKey: .signedUp)
        try record.encode(token.compact, forKey: .token)
        try record.encode(JSONText.date(token.expiry), forKey: .tokenExpiredAt)
        // Null rather than absent if there is none, as in the vendor's samples.
        try record.encode(phone, forKey: .phone)
    }
}

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

/// The `oauth` member of the record before it is encoded as text: WeChat's profile and what GenAuth adds to it.
struct OAuthBlob: Encodable {
    let nickName: String
    let gender: Int
    let language: String
    let city: String
    let province: String
    let country: String
    let avatarUrl: String
    let phone: String?
    let openid: String
    let unionid: String?

    init(user: SandboxUser, phone: String?) {
        let profile = user.weChatProfile
        self.nickName = user.nickname
        self.gender = profile.gender
        self.language = profile.language
        self.city = profile.city
        self.province = profile.province
        self.country = profile.country
        self.avatarUrl = profile.avatarURL
        self.phone = phone
        self.openid = profile.openid
        self.unionid = profile.unionid
    }
}

/// How the sandbox writes JSON: members sorted, slashes unescaped, dates in ISO 8601 with milliseconds and `Z`.
///
/// The sandbox simulates the upstream, so it shares no code with the provider that reads its answers: it encodes them
/// with Foundation.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func date(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
