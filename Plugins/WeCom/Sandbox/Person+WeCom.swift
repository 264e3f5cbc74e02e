import BrokerSandbox
import Crypto
import Foundation

extension Person {
    /// Whether they are a member of the company. The last one is an external contact.
    var isMember: Bool { number < 3 }

    /// The id in the company, as its administrator entered it.
    var userid: String { "\(givenName)\(familyName)" }

    /// The member of this id, whose case does not matter.
    static func member(_ userid: String) -> Person? {
        all.first { $0.isMember && $0.userid.lowercased() == userid.lowercased() }
    }

    /// What a page's code says of them: the ids of someone who is no member are of other kinds.
    var ids: Members {
        isMember
            ? ["userid": .text(userid)]
            : ["openid": .text(id("openid", "o", 28)), "external_userid": .text(id("external_userid", "wm", 32))]
    }

    /// What a mini program's code says of them: someone of another company has an encrypted id.
    var session: Members {
        isMember
            ? ["corpid": .text(Company.corpId), "userid": .text(userid)]
            : ["corpid": .text(Company.otherCorpId), "userid": .text(id("userid", "wo", 32))]
    }

    /// The entry in the directory, without what members have to agree to.
    var entry: Members {
        [
            "userid": .text(userid), "name": .text(fullName), "alias": .text(givenName), "department": [1],
            "main_department": 1, "position": "Engineer", "status": 1, "gender": "0",
        ]
    }

    /// What members agree to show.
    var details: Members {
        [
            "userid": .text(userid), "gender": "2", "avatar": .text("http://wework.qpic.cn/wwpic/\(name)/0"),
            "qr_code": .text("https://open.work.weixin.qq.com/wwopen/userQRCode?vcode=\(name)"),
            "mobile": .text(phoneNumber), "email": .text(email ?? ""),
            "biz_mail": .text("\(name)@company.example"), "address": "",
        ]
    }

    private func id(_ kind: String, _ prefix: String, _ count: Int) -> String {
        let digest = SHA256.hash(data: Array("\(kind), \(name)".utf8))
        return prefix + Base64URL.encode(Array(digest)).prefix(count - prefix.utf8.count)
    }
}
