import IdentityBroker
import StrictJSON

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
        guard let members = (try? JSONReader.weChat.read(rawData.revealBytes()))?.object else {
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
        let (session, profile, phone) = (session, profile, phone?.members)
        identity.setRecord {
            var record = session.withoutSecrets
            record["phone_info"] = phone.map(JSONValue.object)
            record["user_info"] = profile.map(JSONValue.object)
            return .object(record)
        }
    }
}

extension JSONObject {
    /// The answer without what WeChat issued for it.
    var withoutSecrets: JSONObject {
        JSONObject(filter { !Self.secretNames.contains($0.name) }.map { ($0.name, $0.value) })
    }

    private static let secretNames: Set<String> = ["session_key", "access_token", "refresh_token"]
}
