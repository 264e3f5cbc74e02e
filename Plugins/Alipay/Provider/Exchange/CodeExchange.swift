import IdentityBroker
import StrictJSON
import UpstreamAPI

/// A code for the user's ids and token, and the token for the profile.
struct CodeExchange: Sendable {
    let app: AlipayApp

    /// A profile that was read.
    private struct ReadProfile {
        let members: JSONObject
        let ids: PersonIDs
    }

    func identity(for code: Secret, in exchange: ExchangeContext) async throws(BrokerError) -> UpstreamIdentity {
        let answer = try await tokenAnswer(for: code, in: exchange)
        let ids = try PersonIDs(answer, from: .token)
        let token = answer.text("access_token")
        let profile = try await profile(for: token, in: exchange)
        var identity = try app.identity(of: ids, and: profile?.ids)
        fill(&identity, from: profile?.members)
        identity.token = token.map { Secret($0) }
        identity.furtherSecrets = IssuedSecrets.all(in: [.object(answer), .object(profile?.members ?? [:])])
        var record = answer
        for member in profile?.members ?? [:] { record[member.name] = member.value }
        // A member of these names further inside is the person's.
        for name in Self.messageNames { record[name] = nil }
        identity.record = JSONValue.object(record).withoutIssuedSecrets
        return identity
    }

    /// What Alipay says of the call and not of the user. A message can repeat what was asked.
    private static let messageNames = ["code", "msg", "sub_code", "sub_msg"]

    private func tokenAnswer(for code: Secret, in exchange: ExchangeContext) async throws(BrokerError) -> JSONObject {
        do throws(CallFailure) {
            let parameters = ["grant_type": "authorization_code", "code": code.reveal()]
            return try await Gateway(app: app).call(.token, parameters, in: exchange)
        } catch {
            throw error.error
        }
    }

    /// The profile; nil if it cannot be read.
    ///
    /// - Throws: ``BrokerError`` if the login is over.
    private func profile(for token: String?, in exchange: ExchangeContext) async throws(BrokerError) -> ReadProfile? {
        guard let token else { return nil }
        // Half, so that a hanging gateway cannot fail a login that needs no answer of it.
        let part = exchange.limited(to: exchange.deadline.remaining / 2)
        let members: JSONObject
        do throws(CallFailure) {
            members = try await Gateway(app: app).call(.profile, ["auth_token": token], in: part)
        } catch {
            guard !error.isUnverified, error.error.kind != .cancelled, !exchange.deadline.isOver else {
                throw error.error
            }
            return nil
        }
        guard let ids = try? PersonIDs(members, from: .profile) else { return nil }
        return ReadProfile(members: members, ids: ids)
    }

    private func fill(_ identity: inout UpstreamIdentity, from profile: JSONObject?) {
        var notices: [AlipayNotice] = []
        if let profile {
            Profile(profile).fill(&identity.claims, &notices)
        } else {
            notices.append(.profileUnreadable)
        }
        identity.notices = notices.map(\.notice)
    }
}
