import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What Alipay tells of a person (`alipay.user.info.share`).
struct Profile: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// Puts what is known into claims, and notes what is not used.
    func fill(_ claims: inout Claims, _ notices: inout [AlipayNotice]) {
        if let nickname = members.text("nick_name") {
            // What could not be read is no part of a name.
            if TextRepair.isRepaired(nickname) {
                notices.append(.nameCleaned)
            } else {
                claims.nickname = nickname
                claims.name = nickname
            }
        }
        claims.picture = members.text("avatar")
        switch members.text("gender")?.lowercased() {
        case "m": claims.gender = "male"
        case "f": claims.gender = "female"
        default: break
        }
        let address = PostalAddress(
            locality: members.readableText("city"), region: members.readableText("province"))
        if !address.isEmpty { claims.address = address }
    }
}
