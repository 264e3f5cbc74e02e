import StrictJSON

/// WeChat's profile of the user, which GenAuth keeps under `oauth` of its record.
///
/// A mini program writes `nickName`, `gender` and `avatarUrl`; the Open Platform writes `nickname`, `sex` and
/// `headimgurl` for the same.
struct WeChatProfile {
    let openid: JSONValue?
    let unionid: JSONValue?
    let nickname: String?
    let gender: JSONValue?
    let avatarURL: String?
    let language: String?
    let city: String?
    let province: String?
    let country: String?
    let phone: JSONValue?

    init(_ members: JSONObject) {
        openid = members["openid"]
        unionid = members["unionid"]
        nickname = members.text("nickName") ?? members.text("nickname")
        gender = members["gender"] ?? members["sex"]
        avatarURL = members.text("avatarUrl") ?? members.text("headimgurl")
        language = members.text("language")
        city = members.text("city")
        province = members.text("province")
        country = members.text("country")
        phone = members["phone"]
    }
}
