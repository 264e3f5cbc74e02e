import IdentityBroker

/// The closed list of what may be dropped or doubted in what WeChat tells of a person.
enum WeChatNotice: String, CaseIterable {
    case profileUnreadable = "profile_unreadable"
    case phoneRefused = "phone_refused"
    case namePlaceholder = "name_placeholder"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .profileUnreadable: "The profile could not be read, so name, picture and address are missing."
        case .phoneRefused: "The phone number is not complete in E.164 form, so it is not used."
        case .namePlaceholder:
            "The name is the placeholder that WeChat puts in the place of every real one; it and its picture are not used."
        case .nameCleaned:
            "Characters that do not belong in a name were removed from one, or a name was shortened or dropped."
        case .pictureRefused: "The picture is not an absolute https URL, so it is dropped."
        }
    }

    var chineseMeaning: String {
        switch self {
        case .profileUnreadable: "用户资料无法读取，因此没有名称、头像和地区。"
        case .phoneRefused: "手机号不是完整的 E.164 格式，因此未采用。"
        case .namePlaceholder: "名称是微信代替真实昵称的占位文字，因此名称和头像均未采用。"
        case .nameCleaned: "名称中不应出现的字符已被去除，或名称被截短、舍弃。"
        case .pictureRefused: "头像不是完整的 https 地址，因此被舍弃。"
        }
    }
}

extension [WeChatNotice] {
    var meanings: [Notice: String] { Dictionary(uniqueKeysWithValues: map { ($0.notice, $0.meaning) }) }
    var chineseMeanings: [Notice: String] { Dictionary(uniqueKeysWithValues: map { ($0.notice, $0.chineseMeaning) }) }
}
