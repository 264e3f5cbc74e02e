import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeChatSandbox

/// A sandbox without its servers, and a broker that asks it.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let secret = "app-secret"
    static let ada = Person.all[0]

    var state: SandboxState

    init(_ type: String = "wechat-miniprogram") throws {
        let app = try #require(App.all.first { $0.type == type })
        state = SandboxState(
            app, secret: Self.secret,
            redirectURIs: RedirectURIs(
                ["https://app.example/callback", "https://app.example:8443/callback"], loopbackPath: "/callback/work")
        ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    }

    /// The members of an answer, which is plain text with status 200.
    mutating func ask(
        _ path: String,
        _ query: [String: String],
        method: String = "GET",
        body: String = "",
        after seconds: TimeInterval = 0
    ) throws -> [String: Any] {
        try #require(JSON.members(of: try self.body(path, query, method: method, sending: body, after: seconds)))
    }

    /// The bytes of an answer, which is plain text with status 200.
    mutating func body(
        _ path: String,
        _ query: [String: String],
        method: String = "GET",
        sending body: String = "",
        after seconds: TimeInterval = 0
    ) throws -> [UInt8] {
        let request = ReceivedRequest(
            method: method, target: "\(path)?\(FormText.encode(query))", body: Array(body.utf8))
        let script = try state.answer(request, at: Self.now.addingTimeInterval(seconds))
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return []
        }
        #expect(response.status == 200)
        #expect(response.headers == [HeaderField("Content-Type", "text/plain")])
        return response.body
    }

    /// The query that redeems a code.
    func redemption(_ name: String, _ code: String) -> [String: String] {
        ["appid": state.app.appId, "secret": Self.secret, name: code, "grant_type": "authorization_code"]
    }

    /// The app's access token.
    mutating func appToken(after seconds: TimeInterval = 0) throws -> [String: Any] {
        let body = #"{"grant_type":"client_credential","appid":"\#(state.app.appId)","secret":"\#(Self.secret)"}"#
        return try ask("/cgi-bin/stable_token", [:], method: "POST", body: body, after: seconds)
    }
}
