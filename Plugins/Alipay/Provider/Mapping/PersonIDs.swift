import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The ids of a person in one of Alipay's answers.
struct PersonIDs: Sendable, Equatable {
    let openId: String?
    let userId: String?
    let unionId: String?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if something else is in the place of an id.
    init(_ answer: JSONObject, from method: GatewayMethod) throws(BrokerError) {
        let place = "Alipay's \(method.rawValue)"
        openId = try answer.id("open_id", from: place)
        userId = try answer.id("user_id", from: place)
        unionId = try answer.id("union_id", from: place)
    }

    /// The one that is the subject.
    func id(as subject: AlipaySubject) -> String? {
        switch subject {
        case .openId: openId
        case .userId: userId
        }
    }
}

extension AlipayApp {
    /// An identity with the ids of a login.
    ///
    /// - Parameters:
    ///   - ids: Those for which the code was exchanged, which say who the user is.
    ///   - others: Those of the profile, which have to agree with them.
    /// - Throws: ``BrokerError`` if the subject is not among the former.
    func identity(of ids: PersonIDs, and others: PersonIDs?) throws(BrokerError) -> UpstreamIdentity {
        guard ids.id(as: subject) != nil else { throw missingSubject(in: ids) }
        func agreement(_ name: String, _ id: (PersonIDs) -> String?) -> Agreement {
            var agreement = Agreement(on: name)
            agreement.add(id(ids), at: GatewayMethod.token.rawValue)
            agreement.add(others.flatMap(id), at: GatewayMethod.profile.rawValue)
            return agreement
        }
        let (openId, userId) = (agreement("open_id", \.openId), agreement("user_id", \.userId))
        let unionId = agreement("union_id", \.unionId)
        var identity = UpstreamIdentity(standing: .active, subject: subject == .openId ? openId : userId)
        identity.agreements = [subject == .openId ? userId : openId, unionId]
        func add(_ type: String, scope: String?, _ agreement: Agreement) {
            guard let value = agreement.agreedValue else { return }
            identity.alternateIdentifiers.append(AlternateIdentifier(type: type, scope: scope, value: value))
        }
        add("alipay_open_id", scope: appId, openId)
        add("alipay_union_id", scope: ownerScope, unionId)
        add("alipay_user_id", scope: nil, userId)
        return identity
    }

    private func missingSubject(in ids: PersonIDs) -> BrokerError {
        switch (subject, ids.openId, ids.userId) {
        case (.userId, _?, _):
            .misconfigured(
                """
                Alipay gives this app no user_id, as it does with newer apps. Set subject to open_id; users who signed in \
                by user_id then get new accounts.
                """)
        case (.openId, _, _?):
            .misconfigured(
                "Alipay gives this app no open_id yet. Enable it for the app in Alipay's console, or set subject to user_id."
            )
        default: .misbehaved("The answer of Alipay's \(GatewayMethod.token.rawValue) does not say who the user is.")
        }
    }
}
