import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeChatSandbox

@Suite("The sandbox's pages")
struct PageTests {
    private static let request = """
        appid=wxbdc5610cc59c1631&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&response_type=code&scope=snsapi_login\
        &state=abc123
        """

    @Test("send who agrees back with a code, and who declines with the state alone")
    func decisions() throws {
        var bench = try SandboxBench("wechat-web")
        guard
            case .answer(let agreed) = bench.state.authorize(
                Self.request, .agree(SandboxBench.ada), at: SandboxBench.now),
            case .answer(let declined) = bench.state.authorize(Self.request, .refuse, at: SandboxBench.now),
            case .choice = bench.state.authorize(Self.request, nil, at: SandboxBench.now)
        else {
            Issue.record("There is another outcome.")
            return
        }
        #expect(agreed.parameters["state"] == "abc123" && agreed.parameters["code"]?.isEmpty == false)
        #expect(declined.parameters == ["state": "abc123"])
    }

    @Test("offer everyone by name, and someone whose page is a snapshot only where WeChat has such pages")
    func people() throws {
        let official = Self.request.replacing("wxbdc5610cc59c1631", with: "wx520c15f417810387")
            .replacing("snsapi_login", with: "snsapi_userinfo")
        let common = ["ada", "grace", "alan", "unbound", "garbled"]
        for (type, path, request, names) in [
            ("wechat-web", "/connect/qrconnect", Self.request, common),
            ("wechat-official-account", "/connect/oauth2/authorize", official, common + ["snapshot"]),
        ] {
            var bench = try SandboxBench(type)
            let script = bench.state.answerBrowser(
                ReceivedRequest(method: "GET", target: "\(path)?\(request)"), at: SandboxBench.now)
            guard case .respond(let page)? = script.steps.first else {
                Issue.record("There is no page.")
                continue
            }
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(text.matches(of: /sandbox_choice=([a-z]+)/).map { String($0.1) } == names + ["cancel"])
            #expect(text.contains("Katherine Johnson, without a unionid"))
            #expect(!text.contains("e-mail"))
        }
    }

    @Test(
        "refuse what WeChat's refuse",
        arguments: [
            ("appid=wxbdc5610cc59c1631", "appid=wx0"), ("response_type=code", "response_type=token"),
            ("snsapi_login", "snsapi_userinfo"), ("abc123", "abc-123"), ("abc123", ""),
            ("abc123", String(repeating: "a", count: 129)), ("app.example", "evil.example"),
            ("app.example", "app.example%3A8443"),
            ("scope=snsapi_login&state=abc123", "state=abc123&scope=snsapi_login"), ("&state=abc123", ""),
            ("state=abc123", "state=abc123&state=abc123"),
        ])
    func refusals(_ part: String, _ replacement: String) throws {
        var bench = try SandboxBench("wechat-web")
        let query = Self.request.replacing(part, with: replacement)
        guard case .error = bench.state.authorize(query, .agree(SandboxBench.ada), at: SandboxBench.now) else {
            Issue.record("The page opened.")
            return
        }
    }

    @Test("are at the paths of the type alone, and for GET")
    func paths() throws {
        var bench = try SandboxBench("wechat-web")
        for (method, path, status) in [
            ("GET", "/connect/qrconnect", 200), ("POST", "/connect/qrconnect", 405),
            ("GET", "/connect/oauth2/authorize", 404),
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
