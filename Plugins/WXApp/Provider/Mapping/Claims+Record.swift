import IdentityBroker

extension Claims {
    /// The standard claims in a record and in WeChat's profile of the same user; the record comes first.
    init(_ record: GenAuthUserRecord, _ profile: WeChatProfile?, _ notices: inout [WXAppNotice]) {
        self.init()
        setNames(record, profile, &notices)
        self.profile = record.profile
        picture = Self.picture(record, profile)
        website = record.website
        email = Self.email(record, &notices)
        gender = Self.gender(record.gender) ?? Self.gender(profile?.gender)
        birthdate = record.birthdate
        zoneinfo = record.zoneinfo
        locale = Self.languageTag(record.locale ?? profile?.language)
        phoneNumber = Self.phoneNumber(record, profile, &notices)
        address = Self.address(record, profile)
        updatedAt = record.updatedAt.flatMap(UpstreamTime.init)?.date
    }

    /// WeChat writes `zh_CN`; a language tag has hyphens (RFC 5646 §2.1).
    private static func languageTag(_ text: String?) -> String? {
        text.map { text in
            String(decoding: text.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        }
    }
}
