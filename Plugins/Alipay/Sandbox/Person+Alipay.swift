import BrokerSandbox
import Crypto
import Foundation

extension Person {
    /// The id at Alipay: 2088 and 12 digits.
    var userId: String {
        let digits = "\(100_000_000_000 + number)"
        return "2088\(digits)"
    }

    /// The id at an app.
    func openId(at appId: String) -> String {
        "0" + Base64URL.encode(Array(SHA256.hash(data: Array("open_id of \(appId), \(name)".utf8)))).prefix(46)
    }

    /// The profile that the app gets, with ids.
    func alipayProfile(at appId: String) -> Members {
        [
            "code": "10000", "msg": "Success", "open_id": .text(openId(at: appId)), "user_id": .text(userId),
            "nick_name": .text(fullName), "avatar": .text(picture), "gender": .text(number == 3 ? "M" : "F"),
            "province": "浙江省", "city": "杭州市",
        ]
    }
}
