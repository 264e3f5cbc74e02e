import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The ids of a person in DingTalk's answer.
struct PersonIDs: Sendable, Equatable {
    let unionId: String?
    let openId: String?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if something else is in the place of an id.
    init(_ user: JSONObject) throws(BrokerError) {
        let place = "DingTalk's \(Endpoint.user.name)"
        unionId = try user.id("unionId", from: place)
        openId = try user.id("openId", from: place)
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
            identity.alternateIdentifiers.append(
                AlternateIdentifier(type: "dingtalk_union_id", scope: ownerScope, value: unionId))
        }
        if let openId = ids.openId {
            identity.alternateIdentifiers.append(
                AlternateIdentifier(type: "dingtalk_open_id", scope: clientId, value: openId))
        }
        return identity
    }
}
