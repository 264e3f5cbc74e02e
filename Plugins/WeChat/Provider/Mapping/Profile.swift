import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// What WeChat tells of a person, in either of its dialects: a mini program's (`nickName`, `gender`, `avatarUrl`), or that
/// of web pages (`nickname`, `sex`, `headimgurl`).
struct Profile: Sendable {
    let nickname: String?
    let picture: String?
    let gender: JSONValue?
    let language: String?
    let city: String?
    let province: String?
    let country: String?

    init(_ members: JSONObject) {
        nickname = members.text("nickName") ?? members.text("nickname")
        picture = members.text("avatarUrl") ?? members.text("headimgurl")
        gender = members["gender"] ?? members["sex"]
        language = members.text("language")
        city = members.readableText("city")
        province = members.readableText("province")
        country = members.readableText("country")
    }

    /// What WeChat returns as every user's nickname since November 2022, with a gray picture.
    private static let placeholder = "微信用户"

    /// Puts what is known into claims, and notes what is not used.
    func fill(_ claims: inout Claims, _ notices: inout [WeChatNotice]) {
        if nickname.flatMap(DisplayText.cleaned) == Self.placeholder {
            notices.append(.namePlaceholder)
        } else {
            // What could not be read is no part of a name.
            if let nickname, TextRepair.isRepaired(nickname) {
                notices.append(.nameCleaned)
            } else {
                claims.nickname = nickname
                claims.name = nickname
            }
            claims.picture = picture?.securedPicture
        }
        switch gender?.wholeNumber {
        case 1: claims.gender = "male"
        case 2: claims.gender = "female"
        default: break
        }
        // WeChat writes `zh_CN`; a language tag has hyphens (RFC 5646 §2.1).
        claims.locale = language.map { $0.replacing("_", with: "-") }
        let address = PostalAddress(locality: city, region: province, country: country)
        if !address.isEmpty { claims.address = address }
    }
}
