import IdentityBroker
import StrictJSON
import UpstreamAPI

/// The ids of a person in one of Feishu's answers, each nil if it is not there.
struct PersonIDs: Sendable {
    fileprivate let place: String
    fileprivate let openID: String?
    fileprivate let unionID: String?
    fileprivate let userID: String?
    fileprivate let tenantKey: String?

    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if something else is in the place of an id.
    init(_ data: JSONObject, from endpoint: APIEndpoint) throws(BrokerError) {
        place = endpoint.name
        openID = try data.id("open_id", from: endpoint.title)
        unionID = try data.id("union_id", from: endpoint.title)
        // A mini program's session has it under its old name.
        let nameOfUserID = endpoint.name == APIEndpoint.session.name ? "employee_id" : "user_id"
        userID = try data.id(nameOfUserID, from: endpoint.title)
        tenantKey = try data.id("tenant_key", from: endpoint.title)
    }
}

extension App {
    /// Whether an answer with these ids says who the user is, and of which tenant.
    func isEnough(_ ids: PersonIDs) -> Bool {
        let subject =
            switch self.subject {
            case .openID: ids.openID
            case .unionID: ids.unionID
            case .userID: ids.userID
            }
        return subject != nil && ids.tenantKey != nil
    }

    /// An identity with the ids of answers about one person, which all have to agree.
    ///
    /// - Throws: ``BrokerError``: of kind `accessDenied` for another tenant's user; of kind `misconfigured` if the subject is
    ///   the user_id, and the app may not see it; of kind `upstreamMisbehaved` for any other subject that is missing.
    func identity(of answers: [PersonIDs]) throws(BrokerError) -> UpstreamIdentity {
        func agreement(on fact: String, _ id: KeyPath<PersonIDs, String?>) -> Agreement {
            var agreement = Agreement(on: fact)
            for ids in answers { agreement.add(ids[keyPath: id], at: ids.place) }
            return agreement
        }
        let openID = agreement(on: "open_id", \.openID)
        let unionID = agreement(on: "union_id", \.unionID)
        let userID = agreement(on: "user_id", \.userID)
        let tenantKey = agreement(on: "tenant_key", \.tenantKey)
        let tenant = try checked(tenantKey)
        let subject =
            switch self.subject {
            case .openID: openID
            case .unionID: unionID
            case .userID: userID
            }
        guard !subject.statements.isEmpty else { throw absence }
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        identity.agreements = [openID, unionID, userID, tenantKey]
        func add(_ type: String, _ scope: String?, _ id: Agreement) {
            guard let value = id.agreedValue else { return }
            identity.alternateIdentifiers.append(AlternateIdentifier(type: type, scope: scope, value: value))
        }
        add("feishu_union_id", scopeOfUnionIDs, unionID)
        add("feishu_open_id", appId, openID)
        add("feishu_user_id", tenant, userID)
        identity.attributes["tenant_key"] = .string(tenant)
        return identity
    }

    /// The tenant, if its users may sign in.
    private func checked(_ tenantKey: Agreement) throws(BrokerError) -> String {
        guard let tenant = tenantKey.agreedValue else {
            throw .misbehaved("Feishu does not say of which tenant the user is, or names two.")
        }
        guard tenants?.contains(where: { $0.utf8.elementsEqual(tenant.utf8) }) != false else {
            throw BrokerError(.accessDenied, "The user is of a tenant whose users may not sign in here.")
        }
        return tenant
    }

    private var absence: BrokerError {
        switch subject {
        case .userID:
            .misconfigured(
                """
                Feishu gives no user_id for this user. Give the app the permission to see user IDs \
                (contact:user.employee_id:readonly).
                """)
        case .openID, .unionID: .misbehaved("Feishu does not say who the user is: there is no \(subject.rawValue).")
        }
    }
}
