import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What DingTalk tells of a person (`contact/users/me`).
struct Profile: Sendable {
    private let members: JSONObject

    init(_ members: JSONObject) {
        self.members = members
    }

    /// Puts what is known into claims, and notes what is not used.
    func fill(_ claims: inout Claims, _ notices: inout [DingTalkNotice]) {
        if let nickname = members.text("nick") {
            // What could not be read is no part of a name.
            if TextRepair.isRepaired(nickname) {
                notices.append(.nameCleaned)
            } else {
                claims.nickname = nickname
                claims.name = nickname
            }
        }
        claims.picture = members.text("avatarUrl")
        if let text = members.text("email") {
            if let address = EmailAddress(text) {
                // DingTalk says nothing about whether the user can read what is sent there.
                claims.email = Contact(address, verified: nil)
            } else {
                notices.append(.emailRefused)
            }
        }
        if let text = members.text("mobile") {
            if let number = phoneNumber(text) {
                claims.phoneNumber = Contact(number, verified: nil)
            } else {
                notices.append(.phoneRefused)
            }
        }
    }

    /// The number with its country code, which is a member of its own.
    private func phoneNumber(_ text: String) -> PhoneNumber? {
        guard !text.hasPrefix("+") else { return PhoneNumber(text) }
        guard let country = members["stateCode"]?.wholeNumber, (1...999).contains(country) else { return nil }
        return PhoneNumber("+\(country)\(text)")
    }
}
