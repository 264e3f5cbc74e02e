import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// What WeCom tells of a member besides the id: the entry in the company's directory, and the details that the member agreed
/// to show.
struct MemberProfile: Sendable {
    /// Of `user/get`; nil if it was not read.
    var member: JSONObject?
    /// Of `auth/getuserdetail`; nil if they were not read.
    var details: JSONObject?
    /// Whether one of them should be there, and could not be read.
    var isIncomplete = false

    /// Puts what is known into the identity, and notes what is not used.
    func fill(_ identity: inout UpstreamIdentity) {
        var notices: [WeComNotice] = isIncomplete ? [.profileUnreadable] : []
        identity.standing = standing
        fillNames(&identity.claims, &notices)
        identity.claims.picture = text("avatar")?.securedPicture
        switch text("gender") {
        case "1": identity.claims.gender = "male"
        case "2": identity.claims.gender = "female"
        default: break
        }
        // The company enters addresses and numbers, and no one need have checked them.
        // `biz_mail` is the company's mailbox, and no substitute for the member's own address.
        if let text = text("email") {
            let address = EmailAddress(text)
            identity.claims.email = address.map { .asserted(Asserted($0), isKnownUnverified: false) }
            if address == nil { notices.append(.emailRefused) }
        }
        if let text = text("mobile") {
            let number = Self.phoneNumber(text)
            identity.claims.phoneNumber = number.map { .asserted(Asserted($0), isKnownUnverified: false) }
            if number == nil { notices.append(.phoneRefused) }
        }
        if let text = text("address"), !text.contains("\u{FFFD}") {
            identity.claims.address = PostalAddress(formatted: text)
        }
        identity.notices += notices.map(\.notice)
    }

    /// The userids that the answers are about.
    var userids: [(place: String, value: String)] {
        [("user/get", member), ("auth/getuserdetail", details)].compactMap { place, record in
            record?.text("userid").map { (place, $0) }
        }
    }

    private func fillNames(_ claims: inout Claims, _ notices: inout [WeComNotice]) {
        var names = [member?.text("name"), member?.text("alias") ?? member?.text("english_name")]
        // To some apps, WeCom gives the encrypted id in the place of every name.
        if let name = names[0], let userid = member?.text("userid"), name == userid, UserID.isEncrypted(userid) {
            notices.append(.namePlaceholder)
            names[0] = nil
        }
        if names.contains(where: { $0?.contains("\u{FFFD}") == true }) { notices.append(.nameCleaned) }
        // What could not be read is no part of a name.
        names = names.map { name in name?.contains("\u{FFFD}") == true ? nil : name }
        (claims.name, claims.nickname) = (names[0], names[1])
    }

    /// What a member has agreed to show comes before what the directory shows of everyone.
    private func text(_ name: String) -> String? {
        for record in [details, member] {
            // The page says text, and the field's libraries say number.
            if let text = record?.text(name) ?? record?[name]?.int64.map({ "\($0)" }) { return text }
        }
        return nil
    }

    /// The member's activation (`status`) in the directory.
    private var standing: AccountStanding {
        guard let status = member?["status"], !status.isNull else { return .active }
        switch status.wholeNumber {
        // 4 is someone who has not installed WeCom, and may sign in with the company's plug-in in WeChat.
        case 1, 4: return .active
        case 2: return .blocked
        case 5: return .deleted
        default: return .unrecognized
        }
    }

    /// A number in E.164 form. WeCom writes those of mainland China without their country.
    private static func phoneNumber(_ text: String) -> PhoneNumber? {
        let bytes = text.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        let plain = String(decoding: bytes, as: UTF8.self)
        guard !plain.hasPrefix("+") else { return PhoneNumber(plain) }
        return plain.utf8.count == 11 && plain.hasPrefix("1") ? PhoneNumber("+86\(plain)") : nil
    }
}
