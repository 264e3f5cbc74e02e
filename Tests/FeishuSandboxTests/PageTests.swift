import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import FeishuSandbox

@Suite("The sandbox's page")
struct PageTests {
    private static let request = """
        client_id=\(Tenancy.appId)&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&state=abc\
        &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256
        """

    private static func outcome(_ query: String, _ decision: Decision?) -> AuthorizationOutcome {
        var bench = SandboxBench()
        return bench.state.authorize(query, decision, at: SandboxBench.now)
    }

    @Test("sends who agrees back with a code, and who declines with an error")
    func decisions() {
        guard case .answer(let agreed) = Self.outcome(Self.request, .agree(SandboxBench.ada)),
            case .answer(let declined) = Self.outcome(Self.request, .refuse),
            case .choice = Self.outcome(Self.request, nil)
        else {
            Issue.record("There is another outcome.")
            return
        }
        #expect(agreed.parameters["state"] == "abc" && agreed.parameters["code"]?.isEmpty == false)
        #expect(declined.parameters == ["error": "access_denied", "state": "abc"])
    }

    @Test(
        "refuses what Feishu's refuses",
        arguments: [
            (Tenancy.appId, "cli_0"), ("response_type=code", "response_type=token"), ("app.example", "evil.example"),
            ("state=abc", "state="), ("state=abc", "state=abc&state=abc"), ("S256", "plain"),
        ])
    func refusals(_ part: String, _ replacement: String) {
        let query = Self.request.replacing(part, with: replacement)
        guard case .error = Self.outcome(query, .agree(SandboxBench.ada)) else {
            Issue.record("The page opened.")
            return
        }
    }

    @Test("is at its path, and for GET")
    func paths() throws {
        var bench = SandboxBench()
        for (method, path, status) in [
            ("GET", "/open-apis/authen/v1/authorize", 200), ("POST", "/open-apis/authen/v1/authorize", 405),
            ("GET", "/authorize", 404),
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
