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
