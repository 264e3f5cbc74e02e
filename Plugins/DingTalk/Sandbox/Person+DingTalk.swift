import BrokerSandbox
import Crypto
import Foundation

extension Person {
    /// What DingTalk tells of the person, with ids. The phone number is without its country code.
    func dingTalkUser(at clientId: String) -> Members {
        var user: Members = [
            "nick": .text(fullName), "avatarUrl": .text(picture), "unionId": .text(id("unionId")),
            "openId": .text(id("openId of \(clientId)")), "mobile": .text(String(phoneNumber.dropFirst(2))),
            "stateCode": "1", "visitor": false,
        ]
        if let email { user["email"] = .text(email) }
        return user
    }

    private func id(_ kind: String) -> String {
        String(Base64URL.encode(Array(SHA256.hash(data: Array("\(kind), \(name)".utf8)))).prefix(24)) + "iE"
    }
}
