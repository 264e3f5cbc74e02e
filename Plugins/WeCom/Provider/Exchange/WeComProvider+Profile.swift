import IdentityBroker
import OAuthClient
import StrictJSON
import WeChatFamily

extension WeComProvider {
    /// What WeCom tells of a member. It adds claims and decides nothing, so what cannot be read is missing.
    ///
    /// - Throws: ``BrokerError`` if the login is over, or if WeCom does not let this member use the app.
    func profile(of member: Member, in exchange: ExchangeContext) async throws -> MemberProfile {
        var profile = MemberProfile()
        if readsMember {
            profile.member = try await object(from: .member, in: exchange) { token in
                .get(
                    corporation.api.appending("cgi-bin", "user", "get"),
                    FormFields(["access_token": token.reveal(), "userid": member.userid]))
            }
            if profile.member == nil { profile.isIncomplete = true }
        }
        if let ticket = member.ticket {
            profile.details = try await object(from: .details, in: exchange) { token in
                .post(
                    json: ["user_ticket": .string(ticket.reveal())],
                    to: corporation.api.appending("cgi-bin", "auth", "getuserdetail")
                ).adding(FormFields(["access_token": token.reveal()]))
            }
            if profile.details == nil { profile.isIncomplete = true }
        }
        return profile
    }

    /// An answer about the member; nil if there is none that can be used.
    private func object(
        from endpoint: APIEndpoint,
        in exchange: ExchangeContext,
        _ makeRequest: (Secret) -> UpstreamRequest
    ) async throws -> JSONObject? {
        // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        do throws(BrokerError) {
            let token = try await part.shared(appToken)
            let response = try await part.send(makeRequest(token.secret))
            let object = try response.repaired.object(from: endpoint, at: exchange.now)
            // Without the id, it could be anyone's.
            return try object.id("userid", from: endpoint.title) == nil ? nil : object
        } catch {
            guard error.kind != .cancelled, error.kind != .accessDenied, !exchange.deadline.isOver else { throw error }
            return nil
        }
    }
}

extension MemberProfile {
    /// The userids that the answers are about.
    var userids: [(place: String, value: String)] {
        [("user/get", member), ("auth/getuserdetail", details)].compactMap { place, record in
            record?.text("userid").map { (place, $0) }
        }
    }
}
