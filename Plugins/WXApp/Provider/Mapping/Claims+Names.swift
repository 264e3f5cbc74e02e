import IdentityBroker

extension Claims {
    /// What WeChat returns as every user's nickname since November 2022 (its notice on `getUserProfile`).
    private static let placeholder = "微信用户"

    mutating func setNames(
        _ record: GenAuthUserRecord,
        _ profile: WeChatProfile?,
        _ notices: inout [WXAppNotice]
    ) {
        nickname = Self.realName(record.nickname, &notices) ?? Self.realName(profile?.nickname, &notices)
        name = Self.realName(record.name, &notices) ?? nickname
        givenName = record.givenName
        familyName = record.familyName
        middleName = record.middleName
        preferredUsername = Self.username(record, profile)
    }

    /// The name unchanged, if it is one: the pipeline cleans it and reports that.
    private static func realName(_ name: String?, _ notices: inout [WXAppNotice]) -> String? {
        guard let name else { return nil }
        guard let shown = DisplayText.cleaned(name) else {
            notices.append(.nameCleaned)
            return nil
        }
        guard shown != placeholder else {
            notices.append(.namePlaceholder)
            return nil
        }
        return name
    }

    /// GenAuth derives a WeChat user's username from the nickname unless the user chose one.
    private static func username(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> String? {
        func isChosen(_ username: String) -> Bool {
            guard let shown = DisplayText.cleaned(username), shown != placeholder else { return false }
            return shown != record.nickname.flatMap(DisplayText.cleaned)
                && shown != profile?.nickname.flatMap(DisplayText.cleaned)
        }
        if let name = record.preferredUsername, isChosen(name) { return name }
        return record.username.flatMap { isChosen($0) ? $0 : nil }
    }
}
