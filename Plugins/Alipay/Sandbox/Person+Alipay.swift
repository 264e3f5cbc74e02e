import BrokerSandbox
import Crypto
import Foundation

extension Person {
    /// The ids in an answer: the app's own and, for apps that still get it, the one at Alipay.
    func ids(at appId: String, withUserId: Bool) -> Members {
        let ids: Members = ["open_id": .text(openId(at: appId))]
        return withUserId ? ids.merging(["user_id": .text(userId)]) { id, _ in id } : ids
    }

    /// The id at Alipay: 2088 and 12 digits.
    private var userId: String {
        let digits = "\(100_000_000_000 + number)"
        return "2088\(digits)"
    }

    /// The id at an app.
    private func openId(at appId: String) -> String {
        "0" + Base64URL.encode(Array(SHA256.hash(data: Array("open_id of \(appId), \(name)".utf8)))).prefix(46)
    }

    /// The profile that the app gets, without ids.
    var alipayProfile: Members {
        [
            "code": "10000", "msg": "Success", "nick_name": .text(fullName), "avatar": .text(picture),
            "gender": .text(number == 3 ? "M" : "F"),
            "province": "浙江省", "city": "杭州市",
        ]
    }
}
