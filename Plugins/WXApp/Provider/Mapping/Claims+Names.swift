import IdentityBroker

extension Claims {
    /// What WeChat answers for every user's nickname since November 2022 (its notice on `getUserProfile`).
    private static let placeholder = "微信用户"

    mutating func setNames(
        _ record: GenAuthUserRecord,
        _ profile: WeChatProfile?,
        _ notices: inout [WXAppNotice]
    ) {
        nickname = Self.realName(among: [record.nickname, profile?.nickname], &notices)
        name = Self.realName(among: [record.name], &notices) ?? nickname
        givenName = record.givenName
        familyName = record.familyName
        middleName = record.middleName
        preferredUsername = Self.username(record, profile)
    }

    /// The first that is a name, as it came: cleaning it, and saying so, is for the pipeline.
    private static func realName(among names: [String?], _ notices: inout [WXAppNotice]) -> String? {
        for name in names.compactMap(\.self) {
            guard let shown = DisplayText.cleaned(name) else {
                notices.append(.nameCleaned)
                continue
            }
            guard shown != placeholder else {
                notices.append(.namePlaceholder)
                continue
            }
            return name
        }
        return nil
    }

    /// GenAuth makes the username of a WeChat user out of the nickname, and then it is nobody's choice.
    private static func username(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> String? {
        let nicknames = [record.nickname, profile?.nickname, placeholder].compactMap { $0.flatMap(DisplayText.cleaned) }
        return [record.preferredUsername, record.username].compactMap(\.self).first { username in
            DisplayText.cleaned(username).map { !nicknames.contains($0) } ?? false
        }
    }
}
