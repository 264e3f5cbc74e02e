import IdentityBroker

/// The closed list of what may be dropped or doubted in what Feishu tells of a user.
enum FeishuNotice: String, CaseIterable {
    case profileUnreadable = "profile_unreadable"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"
    case emailRefused = "email_refused"
    case phoneRefused = "phone_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    static let meanings = Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.meaning) })
    static let chineseMeanings = Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.chineseMeaning) })

    private var meaning: String {
        switch self {
        case .profileUnreadable: "The user's profile could not be read, so claims are missing."
        case .nameCleaned:
            "Characters that do not belong in a name were removed from one, or a name was shortened or dropped."
        case .pictureRefused: "The picture is not an absolute https URL, so it is dropped."
        case .emailRefused: "The e-mail address is not exactly one address, so it is dropped."
        case .phoneRefused: "The phone number is not complete in E.164 form, so it is not used."
        }
    }

    private var chineseMeaning: String {
        switch self {
        case .profileUnreadable: "用户资料无法读取，因此缺少部分资料。"
        case .nameCleaned: "名称中不应出现的字符已被去除，或名称被截短、舍弃。"
        case .pictureRefused: "头像不是完整的 https 地址，因此被舍弃。"
        case .emailRefused: "邮箱不是单个完整地址，因此被舍弃。"
        case .phoneRefused: "手机号不是完整的 E.164 格式，因此未采用。"
        }
    }
}
