import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeComSandbox

@Suite("The sandbox's pages")
struct PageTests {
    private static let redirectURI = "redirect_uri=https%3A%2F%2Fapp.example%3A8443%2Fcallback"
    private static let web = "login_type=CorpApp&appid=\(Company.corpId)&agentid=1000002&\(redirectURI)&state=abc123"
    private static let inApp = """
        appid=\(Company.corpId)&\(redirectURI)&response_type=code&scope=snsapi_privateinfo&state=abc123&agentid=1000002
        """

    private static func outcome(_ query: String, at index: Int, _ decision: Decision?) -> AuthorizationOutcome {
        var bench = SandboxBench()
        return bench.state.authorize(at: CompanyPage.all[index], query, decision, at: SandboxBench.now)
    }

    @Test("send who agrees back with a code, and who declines with the state alone", arguments: [(web, 0), (inApp, 1)])
    func decisions(_ query: String, _ index: Int) {
        guard case .answer(let agreed) = Self.outcome(query, at: index, .agree(SandboxBench.ada)),
            case .answer(let declined) = Self.outcome(query, at: index, .refuse),
            case .choice = Self.outcome(query, at: index, nil)
        else {
            Issue.record("There is another outcome.")
            return
        }
        #expect(agreed.parameters["state"] == "abc123" && agreed.parameters["code"]?.isEmpty == false)
        #expect(declined.parameters == ["state": "abc123"])
    }

    @Test(
        "refuse what WeCom's refuse",
        arguments: [
            (Company.corpId, "ww0"), ("1000002", "1"), ("abc123", "abc-123"), ("abc123", ""),
            ("abc123", String(repeating: "a", count: 129)), ("app.example%3A8443", "app.example"),
            ("app.example", "evil.example"), ("state=abc123", "state=abc123&state=abc123"), ("CorpApp", "ServiceApp"),
            ("snsapi_privateinfo", "snsapi_login"), ("&state=abc123", ""),
            ("appid=\(Company.corpId)&", ""),
        ])
    func refusals(_ part: String, _ replacement: String) {
        for (index, query) in [Self.web, Self.inApp].enumerated() where query.contains(part) {
            let query = query.replacing(part, with: replacement)
            guard case .error = Self.outcome(query, at: index, .agree(SandboxBench.ada)) else {
                Issue.record("The page opened with \(query).")
                return
            }
        }
    }

    @Test("are at their paths, and for GET")
    func paths() throws {
        var bench = SandboxBench()
        for (method, path, query, status) in [
            ("GET", "/wwlogin/sso/login", Self.web, 200), ("POST", "/wwlogin/sso/login", Self.web, 405),
            ("GET", "/connect/oauth2/authorize", Self.inApp, 200), ("GET", "/connect/qrconnect", Self.web, 404),
            ("GET", "/connect/oauth2/authorize", Self.web, 400),
        ] {
            let script = bench.state.answerBrowser(
                ReceivedRequest(method: method, target: "\(path)?\(query)"), at: SandboxBench.now)
            guard case .respond(let response)? = script.steps.first else {
                Issue.record("There is no page.")
                continue
            }
            #expect(response.status == status)
        }
    }
}
