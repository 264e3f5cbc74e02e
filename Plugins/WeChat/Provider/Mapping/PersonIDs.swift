import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The ids of a person in one of WeChat's answers.
struct PersonIDs: Sendable, Equatable {
    let openid: String
    let unionid: String?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if there is no openid, or if something else is in the place of
    ///   an id.
    init(_ answer: JSONObject, from endpoint: APIEndpoint) throws(BrokerError) {
        guard let openid = try answer.id("openid", from: endpoint.title) else {
            throw .misbehaved("The answer of \(endpoint.title) does not say who the user is.")
        }
        self.openid = openid
        unionid = try answer.id("unionid", from: endpoint.title)
    }
}

extension Account {
    /// An identity with the ids of answers about one person, which all have to agree.
    ///
    /// - Parameter answers: The ids, each with the endpoint that gave them.
    /// - Throws: ``BrokerError`` of kind `misconfigured` if the subject is the unionid, and there is none.
    func identity(of answers: [(ids: PersonIDs, endpoint: APIEndpoint)]) throws(BrokerError) -> UpstreamIdentity {
        var (openid, unionid) = (Agreement(on: "openid"), Agreement(on: "unionid"))
        for (ids, endpoint) in answers {
            openid.add(ids.openid, at: endpoint.name)
            unionid.add(ids.unionid, at: endpoint.name)
        }
        if subject == .unionid, unionid.statements.isEmpty {
            throw .misconfigured(
                """
                WeChat gives no unionid for this app's users. Bind the app to the account of the WeChat Open Platform that \
                openPlatform names.
                """)
        }
        var identity = UpstreamIdentity(standing: .active, subject: subject == .openid ? openid : unionid)
        identity.agreements = [subject == .openid ? unionid : openid]
        if let unionid = unionid.agreedValue {
            identity.alternateIdentifiers.append(
                AlternateIdentifier(type: "wechat_unionid", scope: openPlatform, value: unionid))
        }
        if let openid = openid.agreedValue {
            identity.alternateIdentifiers.append(
                AlternateIdentifier(type: "wechat_openid", scope: appId, value: openid))
        }
        return identity
    }
}
