import IdentityBroker
import StrictJSON
import UpstreamAPI

/// Who signed in, in WeCom's answer to a code.
struct Member: Sendable {
    /// The id in the company, in each spelling of the member that has it.
    private let userids: [(place: String, value: String)]
    /// The id as WeCom writes it.
    let userid: String
    private let openUserid: String?
    /// What the member's details are asked for with, if the member agreed.
    let ticket: Secret?

    /// - Throws: ``BrokerError``: of kind `accessDenied` for anyone but a member of this company; of kind
    ///   `upstreamMisbehaved` if the answer does not say who it is, or of which company where it should.
    init(_ answer: JSONObject, from endpoint: APIEndpoint, in corporation: Corporation) throws(BrokerError) {
        let place = endpoint.title
        // Only a mini program's users come from any company.
        if let corpid = try answer.id("corpid", from: place) {
            guard corporation.isNamed(corpid) else { throw .otherCorporation }
        } else if endpoint.name == APIEndpoint.session.name {
            throw .misbehaved("The answer of \(place) does not say of which company the user is.")
        }
        var userids: [(place: String, value: String)] = []
        for name in ["userid", "UserId"] {
            guard let userid = try answer.id(name, from: place) else { continue }
            // A linked company's member; no userid of one's own has a slash.
            guard !userid.contains("/") else { throw .otherCorporation }
            userids.append(("\(endpoint.name) (\(name))", userid))
        }
        guard let userid = userids.first?.value else { try Self.refuseAbsence(in: answer, from: place) }
        self.userids = userids
        self.userid = userid
        openUserid = try answer.id("open_userid", from: place)
        ticket = answer.text("user_ticket").map { Secret($0) }
    }

    /// Says why there is no userid. An answer about someone else than a member is a success as well.
    private static func refuseAbsence(in answer: JSONObject, from place: String) throws(BrokerError) -> Never {
        for name in ["openid", "OpenId", "external_userid", "parent_userid"] {
            if try answer.id(name, from: place) != nil {
                throw BrokerError(
                    .accessDenied, "The user is not a member of the company, and only its members may sign in.")
            }
        }
        throw .misbehaved("The answer of \(place) does not say who the user is.")
    }

    /// The identity, in which what else WeCom says of the member has to agree.
    ///
    /// - Parameter others: The userids in further answers, each with the endpoint that gave it.
    func identity(in corporation: Corporation, confirmedBy others: [(place: String, value: String)])
        -> UpstreamIdentity
    {
        var subject = Agreement(on: "userid")
        for (place, value) in userids + others { subject.add(corporation.key(of: value), at: place) }
        var identity = UpstreamIdentity(standing: .active, subject: subject)
        func add(_ type: String, _ scope: String, _ value: String?) {
            guard let value else { return }
            identity.alternateIdentifiers.append(AlternateIdentifier(type: type, scope: scope, value: value))
        }
        add("wecom_userid", corporation.key, userid)
        // It is a service provider's own, and no answer says which provider's.
        add("wecom_open_userid", corporation.api.description, openUserid)
        return identity
    }
}

extension BrokerError {
    fileprivate static var otherCorporation: BrokerError {
        BrokerError(.accessDenied, "The user is a member of another company, and only this company's may sign in.")
    }
}
