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

    /// An answer.
    struct Answer {
        let members: [String: Any]
        let status: Int
        /// `x-ogw-ratelimit-reset`.
        let wait: String?
    }

    var state: SandboxState

    init(tokenEndpoint: TokenEndpoint = .v2) {
        state = SandboxState(
            secret: Self.secret, tokenEndpoint: tokenEndpoint,
            redirectURIs: RedirectURIs([Self.redirectURI], loopbackPath: "/callback/work")
        ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    }

    /// Asks the API.
    mutating func ask(
        _ method: String,
        _ path: String,
        body: String = "",
        bearer: String? = nil,
        after seconds: TimeInterval = 0
    ) throws -> Answer {
        let request = ReceivedRequest(
            method: method, target: path, headers: bearer.map { [HeaderField("Authorization", "Bearer \($0)")] } ?? [],
            body: Array(body.utf8))
        let script = try state.answer(request, at: Self.now.addingTimeInterval(seconds))
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return Answer(members: [:], status: 0, wait: nil)
        }
        return Answer(
            members: JSON.members(of: response.body) ?? [:], status: response.status,
            wait: response.headers.first { $0.name == "x-ogw-ratelimit-reset" }?.value)
    }

    /// Redeems a code at the token endpoint, with these members in place of the right ones.
    mutating func redeem(
        _ code: String,
        _ change: [String: String?] = [:],
        at endpoint: TokenEndpoint = .v2,
        after seconds: TimeInterval = 0
    ) throws -> Answer {
        let body: [String: String?] = [
            "grant_type": "authorization_code", "client_id": Tenancy.appId, "client_secret": Self.secret, "code": code,
            "redirect_uri": Self.redirectURI,
        ]
        let merged = body.merging(change) { _, new in new }.compactMapValues(\.self)
        let text = try JSON.object(merged.mapValues(JSON.text)).encoded()
        return try ask("POST", endpoint.path, body: text, after: seconds)
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
