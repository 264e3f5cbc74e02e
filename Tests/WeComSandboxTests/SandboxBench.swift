import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeComSandbox

/// A sandbox without its servers.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let secret = "app-secret"
    static let ada = Person.all[0]
    static let alan = Person.all[2]

    var state = SandboxState(
        secret: secret,
        redirectURIs: RedirectURIs(["https://app.example:8443/callback"], loopbackPath: "/callback/work")
    ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }

    /// The members of an answer, whose status is 200.
    mutating func ask(
        _ path: String,
        _ query: [String: String],
        method: String = "GET",
        body: String = "",
        after seconds: TimeInterval = 0
    ) throws -> [String: Any] {
        let request = ReceivedRequest(
            method: method, target: "\(path)?\(FormText.encode(query))", body: Array(body.utf8))
        let script = try state.answer(request, at: Self.now.addingTimeInterval(seconds))
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return [:]
        }
        #expect(response.status == 200)
        #expect(response.headers == [HeaderField("Content-Type", "application/json; charset=UTF-8")])
        return try #require(JSON.members(of: response.body))
    }

    /// The app's access token.
    mutating func appToken(
        _ change: [String: String] = [:],
        after seconds: TimeInterval = 0
    ) throws -> [String: Any] {
        let query = ["corpid": Company.corpId, "corpsecret": Self.secret].merging(change) { _, new in new }
        return try ask("/cgi-bin/gettoken", query, after: seconds)
    }

    /// What a page's code says of a person.
    mutating func userInfo(
        of person: Person,
        scope: String = "snsapi_base",
        token: String? = nil,
        after seconds: TimeInterval = 0
    ) throws -> [String: Any] {
        let token = try token ?? #require(appToken()["access_token"] as? String)
        let code = state.issueCode(.page(scope: scope), to: person, at: Self.now)
        return try ask("/cgi-bin/auth/getuserinfo", ["access_token": token, "code": code], after: seconds)
    }
}
