import Foundation
import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

extension WeComProvider {
    /// What WeCom tells of a member: the entry in the directory, which decides whether the member is let in, and the details,
    /// which add claims alone.
    ///
    /// - Throws: ``BrokerError``: if the directory is to be read and does not answer, unless WeCom does not let the app read
    ///   it; of kind `accessDenied` if WeCom does not let this member use the app; if the login is over.
    func profile(of member: Member, in exchange: ExchangeContext) async throws -> MemberProfile {
        var profile = MemberProfile()
        if readsMember {
            profile.member = try await entry(of: member, in: exchange)
            if profile.member == nil { profile.isIncomplete = true }
        }
        if let ticket = member.ticket {
            profile.details = try await details(for: ticket, in: exchange)
            if profile.details == nil { profile.isIncomplete = true }
        }
        return profile
    }

    /// The member's entry in the directory; nil if the app may not read it. For any other reason, the member could be one
    /// whom the company has disabled, and is not let in.
    private func entry(of member: Member, in exchange: ExchangeContext) async throws(BrokerError) -> JSONObject? {
        let response = try await response(in: exchange) { token in
            .get(
                corporation.api.appending("cgi-bin", "user", "get"),
                FormFields(["access_token": token.reveal(), "userid": member.userid]))
        }
        guard !response.deniesInterface else { return nil }
        return try object(in: response, from: .member, at: exchange.now)
    }

    /// What the member agreed to show; nil if it cannot be read.
    private func details(for ticket: Secret, in exchange: ExchangeContext) async throws(BrokerError) -> JSONObject? {
        // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        do throws(BrokerError) {
            let response = try await response(in: part) { token in
                .post(
                    json: ["user_ticket": .string(ticket.reveal())],
                    to: corporation.api.appending("cgi-bin", "auth", "getuserdetail")
                ).adding(FormFields(["access_token": token.reveal()]))
            }
            return try object(in: response, from: .details, at: exchange.now)
        } catch {
            guard error.kind != .cancelled, error.kind != .accessDenied, !exchange.deadline.isOver else { throw error }
            return nil
        }
    }

    /// The answer to a request that carries the app's access token and no credential, sent once more with a newer token if
    /// WeCom refuses the first.
    private func response(
        in exchange: ExchangeContext,
        to makeRequest: (Secret) -> UpstreamRequest
    ) async throws(BrokerError) -> UpstreamResponse {
        let token = try await exchange.shared(appToken)
        let response = try await exchange.send(makeRequest(token.secret)).repaired
        guard response.refusesAppToken else { return response }
        let renewed = try await exchange.refetched(appToken)
        guard renewed.secret != token.secret else {
            throw BrokerError(.upstreamUnavailable, "WeCom refuses the app's access token, and issues no other.")
        }
        return try await exchange.send(makeRequest(renewed.secret)).repaired
    }

    /// The object about the member in an answer.
    private func object(
        in response: UpstreamResponse,
        from endpoint: APIEndpoint,
        at now: Date
    ) throws(BrokerError) -> JSONObject {
        let object = try response.object(from: endpoint, at: now)
        // Without the id, it could be anyone's.
        guard try object.id("userid", from: endpoint.title) != nil else {
            throw .misbehaved("The answer of \(endpoint.title) does not say whom it is about.")
        }
        return object
    }
}

extension UpstreamResponse {
    /// Whether WeCom does not let the app use the interface at all, whoever is asked about.
    fileprivate var deniesInterface: Bool { errcode == 48002 }
}
