import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// A code for the user's access token, and the token for ids and profile.
struct CodeExchange: Sendable {
    let app: DingTalkApp

    func identity(for code: Secret, in exchange: ExchangeContext) async throws(BrokerError) -> UpstreamIdentity {
        let answer = try await exchange.send(tokenRequest(for: code)).object(from: .token, at: exchange.now)
        guard let token = answer.text("accessToken"), ClientText.isAccessToken(token) else {
            throw .misbehaved("DingTalk's userAccessToken answered without a usable token. Begin a new login.")
        }
        let user = try await exchange.send(try userRequest(with: token)).object(from: .user, at: exchange.now)
        try refuseVisitor(in: user)
        var identity = try app.identity(of: try PersonIDs(user))
        var notices: [DingTalkNotice] = []
        Profile(user).fill(&identity.claims, &notices)
        identity.notices = notices.map(\.notice)
        identity.token = Secret(token)
        identity.furtherSecrets = IssuedSecrets.all(in: [.object(answer), .object(user)])
        var record = answer
        for member in user { record[member.name] = member.value }
        identity.record = JSONValue.object(record).withoutIssuedSecrets
        return identity
    }

    private func tokenRequest(for code: Secret) -> UpstreamRequest {
        .post(
            json: [
                "clientId": .string(app.clientId), "clientSecret": .string(app.clientSecret.reveal()),
                "code": .string(code.reveal()), "grantType": "authorization_code",
            ],
            to: app.api.appending("v1.0", "oauth2", "userAccessToken"))
    }

    private func userRequest(with token: String) throws(BrokerError) -> UpstreamRequest {
        guard let name = HTTPField.Name("x-acs-dingtalk-access-token") else {
            throw BrokerError(.internalError, "A header field of DingTalk's has no name.")
        }
        return UpstreamRequest(
            method: .get, url: app.api.appending("v1.0", "contact", "users", "me"),
            headerFields: [name: token, .accept: "application/json"])
    }

    /// DingTalk calls someone a visitor of whom it does not vouch as a user. Every value but those that say no is a yes.
    private func refuseVisitor(in user: JSONObject) throws(BrokerError) {
        switch user["visitor"] {
        case nil, .null, .bool(false): return
        case let flag? where flag.wholeNumber == 0: return
        default:
            throw BrokerError(
                .interactionRequired,
                "DingTalk knows the user as a visitor only. The user has to sign in to DingTalk, and agree there.")
        }
    }
}
