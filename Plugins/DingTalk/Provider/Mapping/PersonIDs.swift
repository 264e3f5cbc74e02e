import IdentityBroker
import StrictJSON

/// The ids of a person in DingTalk's answer.
struct PersonIDs: Sendable, Equatable {
    let unionId: String?
    let openId: String?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if something else is in the place of an id.
    init(_ user: JSONObject) throws(BrokerError) {
        unionId = try Self.id("unionId", in: user)
        openId = try Self.id("openId", in: user)
    }

    /// An id; nil if the member is absent, null or empty.
    private static func id(_ name: String, in user: JSONObject) throws(BrokerError) -> String? {
        guard let member = user[name], !member.isNull else { return nil }
        guard let text = member.string, text.utf8.count <= 255, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .misbehaved("The \(name) in the answer of DingTalk's \(Endpoint.user.name) is not an id.") }
        return text.isEmpty ? nil : text
    }
}

extension DingTalkApp {
    /// An identity with these ids.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if the subject is not among them.
    func identity(of ids: PersonIDs) throws(BrokerError) -> UpstreamIdentity {
        let id =
            switch subject {
            case .unionId: ids.unionId
            case .openId: ids.openId
            }
        guard let id else {
            throw .misbehaved("The answer of DingTalk's \(Endpoint.user.name) lacks the user's \(subject.rawValue).")
        }
        var agreement = Agreement(on: subject.rawValue)
        agreement.add(id, at: Endpoint.user.name)
        var identity = UpstreamIdentity(standing: .active, subject: agreement)
        if let unionId = ids.unionId {
            identity.alternateIdentifiers.append(AlternateIdentifier(type: "dingtalk_union_id", value: unionId))
        }
        if let openId = ids.openId {
            identity.alternateIdentifiers.append(
                AlternateIdentifier(type: "dingtalk_open_id", scope: clientId, value: openId))
        }
        return identity
    }
}
