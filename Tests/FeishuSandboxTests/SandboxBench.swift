import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import FeishuSandbox

/// A sandbox without its servers.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let secret = "app-secret"
    static let redirectURI = "https://app.example/callback"
    static let ada = Person.all[0]

    var state = SandboxState(
        secret: secret, redirectURIs: RedirectURIs([redirectURI], loopbackPath: "/callback/work")
    ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }

    /// The members of an answer, and its status.
    mutating func ask(
        _ method: String,
        _ path: String,
        body: String = "",
        bearer: String? = nil,
        after seconds: TimeInterval = 0
    ) throws -> (members: [String: Any], status: Int) {
        let request = ReceivedRequest(
            method: method, target: path, headers: bearer.map { [HeaderField("Authorization", "Bearer \($0)")] } ?? [],
            body: Array(body.utf8))
        let script = try state.answer(request, at: Self.now.addingTimeInterval(seconds))
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return ([:], 0)
        }
        return (JSON.members(of: response.body) ?? [:], response.status)
    }

    /// Redeems a code at the token endpoint, with these members in place of the right ones.
    mutating func redeem(
        _ code: String,
        _ change: [String: String?] = [:],
        after seconds: TimeInterval = 0
    ) throws -> (members: [String: Any], status: Int) {
        let body: [String: String?] = [
            "grant_type": "authorization_code", "client_id": Tenancy.appId, "client_secret": Self.secret, "code": code,
            "redirect_uri": Self.redirectURI,
        ]
        let merged = body.merging(change) { _, new in new }.compactMapValues(\.self)
        let text = try JSON.object(merged.mapValues(JSON.text)).encoded()
        return try ask("POST", "/open-apis/authen/v2/oauth/token", body: text, after: seconds)
    }

    /// A code of the page.
    mutating func pageCode(challenge: String? = nil) -> String {
        state.issueCode(
            .page(redirectURI: Self.redirectURI, challenge: challenge), to: Self.ada, at: Self.now)
    }

    /// The app's access token.
    mutating func appToken(after seconds: TimeInterval = 0) throws -> [String: Any] {
        let body = #"{"app_id":"\#(Tenancy.appId)","app_secret":"\#(Self.secret)"}"#
        return try ask(
            "POST", "/open-apis/auth/v3/app_access_token/internal", body: body, after: seconds
        ).members
    }
}
