import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import AlipaySandbox

@Suite("The sandbox's gateway")
struct GatewayTests {
    private static let token = "alipay.system.oauth.token"
    private static let share = "alipay.user.info.share"

    @Test("exchanges a code once, and gives the profile for the token", arguments: [true, false], [true, false])
    func exchange(inQuery: Bool, hasCertificates: Bool) throws {
        var bench = try SandboxBench(givesUserIds: inQuery, hasCertificates: hasCertificates)
        let code = bench.state.issueCode(to: SandboxBench.ada, scope: "auth_user", at: SandboxBench.now)
        let parameters = try bench.signed(Self.token, ["grant_type": "authorization_code", "code": code])
        let (name, node) = try bench.ask(parameters, inQuery: inQuery)
        #expect(name == "alipay_system_oauth_token_response")
        let openId = node["open_id"] as? String
        #expect(openId?.isEmpty == false)
        #expect((node["user_id"] as? String)?.hasPrefix("2088") == (inQuery ? true : nil))
        let accessToken = try #require(node["access_token"] as? String)
        let profile = try bench.ask(try bench.signed(Self.share, ["auth_token": accessToken]))
        #expect(profile.name == "alipay_user_info_share_response")
        #expect(profile.node["nick_name"] as? String == "Ada Lovelace" && profile.node["open_id"] as? String == openId)
        let (again, refusal) = try bench.ask(parameters)
        #expect(again == "error_response" && refusal["sub_code"] as? String == "isv.code-invalid")
    }

    @Test("gives no profile for a token of another scope, or for none")
    func scopes() throws {
        var bench = try SandboxBench()
        let code = bench.state.issueCode(to: SandboxBench.ada, scope: "auth_base", at: SandboxBench.now)
        let node = try bench.ask(try bench.signed(Self.token, ["grant_type": "authorization_code", "code": code])).node
        let accessToken = try #require(node["access_token"] as? String)
        for (token, subCode) in [(accessToken, "isv.insufficient-isv-permissions"), ("x", "aop.invalid-auth-token")] {
            let refusal = try bench.ask(try bench.signed(Self.share, ["auth_token": token])).node
            #expect(refusal["sub_code"] as? String == subCode)
        }
    }

    @Test("refuses what the gateway refuses, in a signed answer")
    func refusals() throws {
        var bench = try SandboxBench()
        let changes: [(String, (inout [String: String]) -> Void)] = [
            ("isv.missing-app-id", { $0["app_id"] = nil }),
            ("isv.missing-method", { $0["method"] = nil }), ("isv.invalid-method", { $0["method"] = "alipay.x" }),
            ("isv.invalid-signature-type", { $0["sign_type"] = "RSA" }),
            ("isv.invalid-charset", { $0["charset"] = "GBK" }),
            ("isv.invalid-version", { $0["version"] = "2.0" }), ("isv.invalid-format", { $0["format"] = "XML" }),
            // The time in UTC, and no time.
            ("isv.invalid-timestamp", { $0["timestamp"] = "2026-01-02 03:04:05" }),
            ("isv.invalid-timestamp", { $0["timestamp"] = "1767323045" }),
            ("isv.invalid-timestamp", { $0["timestamp"] = nil }),
            ("isv.grant-type-invalid", { $0["grant_type"] = "refresh_token" }),
            ("isv.code-invalid", { $0["code"] = "x" }),
        ]
        for (subCode, change) in changes {
            let code = bench.state.issueCode(to: SandboxBench.ada, scope: "auth_user", at: SandboxBench.now)
            let (name, node) = try bench.ask(
                try bench.signed(Self.token, ["grant_type": "authorization_code", "code": code], changing: change))
            #expect(name == "error_response" && node["sub_code"] as? String == subCode)
        }
    }

    @Test("in certificate mode wants the numbers of the app's certificate and of the roots")
    func certificates() throws {
        var bench = try SandboxBench(hasCertificates: true)
        let changes: [(String, (inout [String: String]) -> Void)] = [
            ("isv.missing-app-cert-sn", { $0["app_cert_sn"] = nil }),
            ("isv.invalid-app-cert-sn", { $0["app_cert_sn"] = $0["alipay_root_cert_sn"] }),
            ("isv.missing-alipay-root-cert-sn", { $0["alipay_root_cert_sn"] = nil }),
            ("isv.invalid-alipay-root-cert-sn", { $0["alipay_root_cert_sn"] = "0" }),
        ]
        for (subCode, change) in changes {
            let (name, node) = try bench.ask(try bench.signed(Self.token, ["code": "x"], changing: change))
            #expect(name == "error_response" && node["sub_code"] as? String == subCode)
        }
    }

    @Test("does not sign the refusal of an app that it does not know, and names the method")
    func unknownApp() throws {
        var bench = try SandboxBench()
        let parameters = try bench.signed(Self.token, ["code": "x"]) { $0["app_id"] = "1" }
        let (name, node) = try bench.ask(parameters, isSigned: false)
        #expect(name == "alipay_system_oauth_token_response")
        #expect(node["sub_code"] as? String == "isv.invalid-app-id")
    }

    @Test("refuses another signature, and repeats what should have been signed, as the gateway does")
    func signatures() throws {
        var bench = try SandboxBench()
        let parameters = try bench.signed(Self.token, ["grant_type": "authorization_code", "code": "the-code"])
        for sign in ["AAAA", "no Base64"] {
            let node = try bench.ask(parameters.merging(["sign": sign]) { _, new in new }).node
            #expect(node["sub_code"] as? String == "isv.invalid-signature")
            #expect((node["sub_msg"] as? String)?.contains("code=the-code") == true)
        }
        let changed = try bench.ask(parameters.merging(["code": "another"]) { _, new in new }).node
        #expect(changed["sub_code"] as? String == "isv.invalid-signature")
        var unsigned = parameters
        unsigned["sign"] = nil
        #expect(try bench.ask(unsigned).node["sub_code"] as? String == "isv.missing-signature")
    }
}

@Suite("The sandbox's page")
struct PageTests {
    private static let request = """
        app_id=\(AlipaySandbox.appId)&scope=auth_user&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&state=abc123
        """

    @Test("sends who agrees back with a code, and who declines with the state alone")
    func decisions() throws {
        var bench = try SandboxBench()
        guard
            case .answer(let agreed) = bench.state.authorize(
                Self.request, .agree(SandboxBench.ada), at: SandboxBench.now),
            case .answer(let declined) = bench.state.authorize(Self.request, .refuse, at: SandboxBench.now),
            case .choice = bench.state.authorize(Self.request, nil, at: SandboxBench.now)
        else {
            Issue.record("There is another outcome.")
            return
        }
        #expect(agreed.parameters["state"] == "abc123" && agreed.parameters["auth_code"]?.isEmpty == false)
        #expect(declined.parameters == ["state": "abc123"])
    }

    @Test(
        "refuses what Alipay's refuses",
        arguments: [
            (AlipaySandbox.appId, "1"), ("auth_user", "openid"), ("abc123", ""), ("abc123", "a-b"),
            ("app.example", "evil.example"), ("&state=abc123", ""), ("state=abc123", "state=abc123&state=abc123"),
        ])
    func refusals(_ part: String, _ replacement: String) throws {
        var bench = try SandboxBench()
        let query = Self.request.replacing(part, with: replacement)
        guard case .error = bench.state.authorize(query, .agree(SandboxBench.ada), at: SandboxBench.now) else {
            Issue.record("The page opened.")
            return
        }
    }

    @Test("is at its path alone, and for GET")
    func paths() throws {
        var bench = try SandboxBench()
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
