import IdentityBroker
import StrictJSON

extension Claims {
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
}
