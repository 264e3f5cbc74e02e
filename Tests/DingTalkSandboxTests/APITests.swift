import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import DingTalkSandbox

/// A sandbox without its servers, and a broker that asks it.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let secret = "client-secret"
    static let ada = Person.all[0]

    var state = SandboxState(
        clientId: DingTalkSandbox.clientId, clientSecret: secret,
        redirectURIs: RedirectURIs(["https://app.example/callback"], loopbackPath: "/callback/work")
    ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }

    /// The status and the members of an answer.
    mutating func ask(
        _ method: String,
        _ path: String,
        headers: [HeaderField] = [],
        body: String = "",
        after seconds: TimeInterval = 0
    ) throws -> (status: Int, members: [String: Any]) {
        let request = ReceivedRequest(method: method, target: path, headers: headers, body: Array(body.utf8))
        let script = try state.answer(request, at: Self.now.addingTimeInterval(seconds))
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return (0, [:])
        }
        return (response.status, try #require(JSON.members(of: response.body)))
    }

    /// The answer to a request for a token.
    mutating func token(
        _ code: String,
        after seconds: TimeInterval = 0,
        changing change: (inout [String: JSON]) -> Void = { _ in }
    ) throws -> (status: Int, members: [String: Any]) {
        var body: [String: JSON] = [
            "clientId": .text(DingTalkSandbox.clientId), "clientSecret": .text(Self.secret), "code": .text(code),
            "grantType": "authorization_code",
        ]
        change(&body)
        return try ask(
            "POST", "/v1.0/oauth2/userAccessToken", headers: [HeaderField("Content-Type", "application/json")],
            body: try JSON.object(body).encoded(), after: seconds)
    }

    mutating func user(_ token: String, after seconds: TimeInterval = 0) throws -> (status: Int, members: [String: Any])
    {
        try ask(
            "GET", "/v1.0/contact/users/me", headers: [HeaderField("x-acs-dingtalk-access-token", token)],
            after: seconds)
    }
}

@Suite("The sandbox's API")
struct APITests {
    @Test("exchanges a code once, and gives the user for the token")
    func exchange() throws {
        var bench = SandboxBench()
        let code = bench.state.issueCode(to: SandboxBench.ada, at: SandboxBench.now)
        let answer = try bench.token(code)
        #expect(answer.status == 200 && answer.members["expireIn"] as? Int == 7200)
        let token = try #require(answer.members["accessToken"] as? String)
        let user = try bench.user(token)
        #expect(user.status == 200 && user.members["nick"] as? String == "Ada Lovelace")
        #expect(user.members["unionId"] as? String != user.members["openId"] as? String)
        #expect(user.members["visitor"] as? Bool == false)
        let again = try bench.token(code)
        #expect(again.status == 400 && again.members["code"] as? String == "invalidParameter.authCode.notFound")
        #expect(try bench.user(token, after: 7200).status == 401)
    }

    @Test("refuses what DingTalk refuses, with a code that is a text")
    func refusals() throws {
        var bench = SandboxBench()
        let changes: [(String, (inout [String: JSON]) -> Void)] = [
            ("invalidClientIdOrSecret", { $0["clientSecret"] = "x" }),
            ("invalidClientIdOrSecret", { $0["clientId"] = nil }),
            ("invalidParameter.grantType", { $0["grantType"] = "refresh_token" }),
            ("invalidParameter.authCode.notFound", { $0["code"] = "x" }),
        ]
        for (expected, change) in changes {
            let code = bench.state.issueCode(to: SandboxBench.ada, at: SandboxBench.now)
            let answer = try bench.token(code, changing: change)
            #expect(answer.status == 400 && answer.members["code"] as? String == expected)
        }
        let late = bench.state.issueCode(to: SandboxBench.ada, at: SandboxBench.now)
        #expect(try bench.token(late, after: 300).status == 400)
        let form = try bench.ask(
            "POST", "/v1.0/oauth2/userAccessToken",
            headers: [HeaderField("Content-Type", "application/x-www-form-urlencoded")], body: "clientId=a")
        #expect(form.members["message"] as? String == "body is mandatory for this action.")
        #expect(try bench.user("x").members["code"] as? String == "InvalidAuthentication")
        #expect(try bench.ask("GET", "/v1.0/oauth2/userAccessToken").status == 404)
    }
}

@Suite("The sandbox's page")
struct PageTests {
    private static let request = """
        client_id=\(DingTalkSandbox.clientId)&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&response_type=code\
        &scope=openid&state=abc123&prompt=consent
        """

    @Test("sends who agrees back with the code under both names, and who declines with an error")
    func decisions() throws {
        var bench = SandboxBench()
        guard
            case .answer(let agreed) = bench.state.authorize(
                Self.request, .agree(SandboxBench.ada), at: SandboxBench.now),
            case .answer(let declined) = bench.state.authorize(Self.request, .refuse, at: SandboxBench.now),
            case .choice = bench.state.authorize(Self.request, nil, at: SandboxBench.now)
        else {
            Issue.record("There is another outcome.")
            return
        }
        #expect(agreed.parameters["authCode"]?.isEmpty == false)
        #expect(agreed.parameters["authCode"] == agreed.parameters["code"] && agreed.parameters["state"] == "abc123")
        #expect(declined.parameters == ["error": "access_denied", "state": "abc123"])
    }

    @Test(
        "refuses what DingTalk's refuses",
        arguments: [
            (DingTalkSandbox.clientId, "x"), ("response_type=code", "response_type=token"), ("scope=openid", "scope=x"),
            ("prompt=consent", "prompt=login"), ("&prompt=consent", ""), ("state=abc123", "state="),
            ("app.example", "evil.example"), ("state=abc123", "state=abc123&state=abc123"),
        ])
    func refusals(_ part: String, _ replacement: String) throws {
        var bench = SandboxBench()
        let query = Self.request.replacing(part, with: replacement)
        guard case .error = bench.state.authorize(query, .agree(SandboxBench.ada), at: SandboxBench.now) else {
            Issue.record("The page opened.")
            return
        }
    }

    @Test("is at its path alone, and for GET")
    func paths() throws {
        var bench = SandboxBench()
        for (method, path, status) in [
            ("GET", SandboxState.pagePath, 200), ("POST", SandboxState.pagePath, 405), ("GET", "/oauth2", 404),
        ] {
            let script = bench.state.answerBrowser(
                ReceivedRequest(method: method, target: "\(path)?\(Self.request)"), at: SandboxBench.now)
            guard case .respond(let response)? = script.steps.first else {
                Issue.record("There is no page.")
                continue
            }
            #expect(response.status == status)
        }
    }
}
