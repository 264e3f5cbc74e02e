import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// What a login of a mini program has learned of the user besides the ids.
struct Reading {
    private let session: JSONObject
    private var profile: JSONObject?
    private var phone: (statement: PhoneStatement, members: JSONObject)?
    private var notices: [WeChatNotice] = []

    init(session: JSONObject) {
        self.session = session
    }

    /// Adds a profile that WeChat signed, which may be unreadable.
    mutating func add(rawData: Secret) {
        let reader = JSONReader.allowingRawControlCharacters
        guard let members = (try? reader.readTolerantly(rawData.revealBytes()))?.object else {
            notices.append(.profileUnreadable)
            return
        }
        profile = members
    }

    /// Adds a profile that WeChat encrypted, in place of a signed one.
    mutating func add(profile members: JSONObject) {
        notices.removeAll { $0 == .profileUnreadable }
        profile = members
    }

    /// Adds a phone number.
    ///
    /// - Throws: ``BrokerError`` of kind `invalidCredential` if the app sent two that differ.
    mutating func add(phone other: (PhoneStatement, JSONObject)) throws(BrokerError) {
        guard phone?.statement ?? other.0 == other.0 else {
            throw .refused("encrypted_data and phone_code are about different phone numbers.")
        }
        phone = other
    }

    /// Puts claims, notices and record into the identity. The session key is in none of them.
    func fill(_ identity: inout UpstreamIdentity) {
        var notices = notices
        if let profile { Profile(profile).fill(&identity.claims, &notices) }
        switch phone?.statement {
        case .whole(let number): identity.claims.phoneNumber = .verified(Verified(number))
        case .unusable, .contradictory: notices.append(.phoneRefused)
        case nil: break
        }
        identity.notices = notices.map(\.notice)
        identity.furtherSecrets = session.secrets
        // The closure lives as long as the identity, so nothing secret goes into it.
        let parts = (session.shown, profile: profile?.shown, phone: phone?.members.shown)
        identity.setRecord {
            var record = parts.0
            record["phone_info"] = parts.phone.map(JSONValue.object)
            record["user_info"] = parts.profile.map(JSONValue.object)
            return .object(record)
        }
    }
}
