import StrictJSON

/// WeChat's profile of the user, which GenAuth keeps under `oauth` of its record.
///
/// A mini program writes `nickName`, `gender` and `avatarUrl`; the Open Platform writes `nickname`, `sex` and
/// `headimgurl` for the same.
struct WeChatProfile {
    private let members: JSONObject

    var openid: JSONValue? { members["openid"] }
    var unionid: JSONValue? { members["unionid"] }
    var nickname: String? { members.text("nickName") ?? members.text("nickname") }
    var gender: JSONValue? { members["gender"] ?? members["sex"] }
    var avatarURL: String? { members.text("avatarUrl") ?? members.text("headimgurl") }
    var language: String? { members.text("language") }
    var city: String? { members.text("city") }
    var province: String? { members.text("province") }
    var country: String? { members.text("country") }
    var phone: JSONValue? { members["phone"] }

    init(_ members: JSONObject) {
        self.members = members
    }
}
