import IdentityBroker

/// The closed list of what may be dropped or doubted in what DingTalk tells of a person.
enum DingTalkNotice: String, CaseIterable {
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"
    case emailRefused = "email_refused"
    case phoneRefused = "phone_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .nameCleaned:
            "Characters that do not belong in a name were removed from one, or a name was shortened or dropped."
        case .pictureRefused: "The picture is not an absolute https URL, so it is dropped."
        case .emailRefused: "The e-mail address is not exactly one address, so it is dropped."
        case .phoneRefused: "The phone number is not complete in E.164 form, so it is not used."
        }
    }

    var chineseMeaning: String {
        switch self {
        case .nameCleaned: "名称中不应出现的字符已被去除，或名称被截短、舍弃。"
        case .pictureRefused: "头像不是完整的 https 地址，因此被舍弃。"
        case .emailRefused: "邮箱不是恰好一个地址，因此被舍弃。"
        case .phoneRefused: "手机号不是完整的 E.164 格式，因此未采用。"
        }
    }

    static var meanings: [Notice: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.meaning) })
    }

    static var chineseMeanings: [Notice: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.chineseMeaning) })
    }
}
