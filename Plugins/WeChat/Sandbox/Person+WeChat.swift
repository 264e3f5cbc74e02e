import BrokerSandbox
import Crypto
import Foundation

/// A phone number as WeChat states it.
struct Phone: Sendable {
    let country: String
    let number: String

    var text: String { "+\(country) \(number)" }
}

extension Person {
    /// One of mainland China, one of Hong Kong, the others of North America.
    var phone: Phone {
        switch number {
        case 1: Phone(country: "86", number: "13800138000")
        case 2: Phone(country: "852", number: "91234567")
        default: Phone(country: "1", number: String(phoneNumber.dropFirst(2)))
        }
    }

    /// The id at an app.
    func openid(at appId: String) -> String { id("openid of \(appId)") }

    /// The id at the Open Platform account of all apps; nil if WeChat gives none.
    var unionid: String? { isUnbound ? nil : id("unionid") }

    /// 28 characters that begin with an o, as all of WeChat's ids do.
    private func id(_ kind: String) -> String {
        let digest = SHA256.hash(data: Array("\(kind), \(name)".utf8))
        return "o" + Base64URL.encode(Array(digest)).prefix(27)
    }

    /// The ids under WeChat's names for them: `openid` and `unionid`, or others in records of mini programs.
    func ids(at appId: String, as names: (openid: String, unionid: String) = ("openid", "unionid")) -> Members {
        var ids: Members = [names.openid: .text(openid(at: appId))]
        ids[names.unionid] = unionid.map(JSON.text)
        return ids
    }

    /// The profile that a mini program gets.
    func miniProgramProfile() -> Members {
        [
            "nickName": .text(fullName), "gender": 0, "language": "zh_CN", "city": "", "province": "", "country": "",
            "avatarUrl": .text("https://thirdwx.qlogo.cn/mmopen/vi_32/\(name)/132"),
        ]
    }

    /// The profile that web pages get, with ids.
    func webProfile(at appId: String) -> Members {
        ids(at: appId).with([
            "nickname": .text(fullName), "sex": 0, "language": "", "city": "", "province": "", "country": "",
            "privilege": [], "headimgurl": .text("https://thirdwx.qlogo.cn/mmopen/vi_32/\(name)/132"),
        ])
    }
}
