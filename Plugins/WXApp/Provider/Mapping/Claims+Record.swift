import IdentityBroker
import StrictJSON

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

    /// The phone number, if the record and WeChat's profile contain one between them and do not contradict each other.
    ///
    /// Only the record's own number can be verified: `phoneVerified` says nothing about WeChat's.
    static func phoneNumber(
        _ record: GenAuthUserRecord,
        _ profile: WeChatProfile?,
        _ notices: inout [WXAppNotice]
    ) -> Contact<PhoneNumber>? {
        let own = PhoneStatement(record.phone, countryCode: record.phoneCountryCode)
        switch (own, PhoneStatement(profile?.phone)) {
        case (.whole(let number), .whole(let other)) where number != other:
            notices.append(.phoneConflict)
        case (.whole(let number), .masked(let mask)) where !mask.fits(number),
            (.masked(let mask), .whole(let number)) where !mask.fits(number):
            notices.append(.phoneConflict)
        case (.whole(let number), _):
            return Contact(number, verified: record.phoneVerified)
        case (.masked, .whole(let number)), (.absent, .whole(let number)):
            return Contact(number, verified: nil)
        case (.absent, .absent):
            break
        default:
            notices.append(.phoneMasked)
        }
        return nil
    }

    /// The address, if there is one: `emailVerified` alone means nothing, since GenAuth sends it without an address
    /// too.
    static func email(_ record: GenAuthUserRecord, _ notices: inout [WXAppNotice]) -> Contact<EmailAddress>? {
        guard let text = record.email else { return nil }
        guard let address = EmailAddress(text) else {
            notices.append(.emailRefused)
            return nil
        }
        return Contact(address, verified: record.emailVerified)
    }

    /// `male` or `female`; nil for anything else, including unknown. WeChat writes 1 and 2 and, since October 2021, 0;
    /// GenAuth writes M, F and U.
    static func gender(_ value: JSONValue?) -> String? {
        switch value?.textOrNumber?.lowercased() {
        case "1", "m", "male": "male"
        case "2", "f", "female": "female"
        default: nil
        }
    }

    /// The picture that GenAuth gives to users without one.
    private static let defaultPicture = "/authing-avatar.png"

    /// GenAuth's own copy, otherwise WeChat's, whose URL dies when the user changes the picture.
    static func picture(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> String? {
        if let photo = record.photo, !isDefaultPicture(photo) { return photo }
        return profile?.avatarURL.flatMap { isDefaultPicture($0) ? nil : $0 }
    }

    private static func isDefaultPicture(_ url: String) -> Bool {
        var url = url
        return url.withUTF8 { bytes in
            let path = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
            return path.suffix(defaultPicture.utf8.count).elementsEqual(defaultPicture.utf8)
        }
    }

    /// The record's address if it has one, otherwise the location that WeChat reports. The two are never mixed.
    static func address(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> PostalAddress? {
        let own = PostalAddress(
            locality: record.locality ?? record.city,
            region: record.region ?? record.province,
            country: record.country,
            postalCode: record.postalCode,
            streetAddress: record.streetAddress,
            formatted: record.formatted ?? record.address
        )
        if !own.isEmpty { return own }
        guard let profile else { return nil }
        let other = PostalAddress(locality: profile.city, region: profile.province, country: profile.country)
        return other.isEmpty ? nil : other
    }
}
