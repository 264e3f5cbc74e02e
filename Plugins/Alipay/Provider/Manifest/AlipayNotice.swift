import IdentityBroker

/// The closed list of what may be dropped or doubted in what Alipay tells of a person.
enum AlipayNotice: String, CaseIterable {
    case profileUnreadable = "profile_unreadable"
    case nameCleaned = "name_cleaned"
    case pictureRefused = "picture_refused"

    var notice: Notice { Notice(rawValue: rawValue) }

    var meaning: String {
        switch self {
        case .profileUnreadable: "The profile could not be read, so name, picture, gender and address are missing."
        case .nameCleaned:
            "Characters that do not belong in a name were removed from one, or a name was shortened or dropped."
        case .pictureRefused: "The picture is not an absolute https URL, so it is dropped."
        }
    }

    var chineseMeaning: String {
        switch self {
        case .profileUnreadable: "用户资料无法读取，因此没有名称、头像、性别和地区。"
        case .nameCleaned: "名称中不应出现的字符已被去除，或名称被截短、舍弃。"
        case .pictureRefused: "头像不是完整的 https 地址，因此被舍弃。"
        }
    }

    static var meanings: [Notice: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.meaning) })
    }

    static var chineseMeanings: [Notice: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0.notice, $0.chineseMeaning) })
    }
}
