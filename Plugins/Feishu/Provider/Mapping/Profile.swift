import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What Feishu tells of a person besides the ids.
struct Profile: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// Puts what is known into claims, and notes what is not used.
    func fill(_ claims: inout Claims, _ notices: inout [FeishuNotice]) {
        claims.name = name("name", &notices)
        claims.nickname = name("nickname", &notices)
        if claims.name == nil { claims.name = name("en_name", &notices) }
        claims.picture = members.text("avatar_url")
        // An administrator enters them, and no one need have checked them. The company's own address is not the person's.
        if let text = members.text("email") {
            let address = EmailAddress(text)
            claims.email = address.map { .asserted(Asserted($0), isKnownUnverified: false) }
            if address == nil { notices.append(.emailRefused) }
        }
        if let text = members.text("mobile") {
            let number = PhoneNumber(text)
            claims.phoneNumber = number.map { .asserted(Asserted($0), isKnownUnverified: false) }
            if number == nil { notices.append(.phoneRefused) }
        }
    }

    private func name(_ member: String, _ notices: inout [FeishuNotice]) -> String? {
        guard let text = members.text(member) else { return nil }
        // What could not be read is no part of a name.
        guard !text.contains("\u{FFFD}") else {
            if !notices.contains(.nameCleaned) { notices.append(.nameCleaned) }
            return nil
        }
        return text
    }
}
