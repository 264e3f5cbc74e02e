import Testing
import WeComClient

private let state = "0123456789abcdefABCDEF"

@Suite("A request for WeCom's SDK")
struct WeComAuthRequestTests {
    @Test(
        "is read from the URL of either page",
        arguments: [
            """
            https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww1a2b3c4d5e6f7a8b&agentid=1000002\
            &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&state=\(state)
            """,
            """
            https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1a2b3c4d5e6f7a8b\
            &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fstate%3Dx&response_type=code&scope=snsapi_base&state=\(state)\
            &agentid=1000002#wechat_redirect
            """,
        ])
    func url(text: String) throws {
        let request = try #require(WeComAuthRequest(authorizationURL: text))
        #expect(request == WeComAuthRequest(corpId: "ww1a2b3c4d5e6f7a8b", agentId: "1000002", state: state))
        #expect(request.corpId == "ww1a2b3c4d5e6f7a8b" && request.agentId == "1000002" && request.state == state)
    }

    @Test(
        "is none if the URL lacks a part, or has one twice",
        arguments: [
            "", "https://login.work.weixin.qq.com/wwlogin/sso/login", "?appid=a&agentid=b", "?appid=a&state=\(state)",
            "?agentid=b&state=\(state)", "?appid=a&agentid=b&state=\(state)&state=\(state)",
            "?appid=a&agentid=b#state=\(state)",
            "?appid=a&agentid=b&state=%FF\(state)", "?appid=a&agentid=b&state", "?appid=a&agentid=b&state=short",
        ])
    func otherURLs(text: String) {
        #expect(WeComAuthRequest(authorizationURL: text) == nil)
    }

    @Test(
        "is none with a state that could be guessed or changed, or with another id",
        arguments: [
            ("", "1", state), ("a b", "1", state), ("a", "", state), ("a", "1/2", state), ("ä", "1", state),
            ("a", "1", ""),
            ("a", "1", "0123456789abcde"), ("a", "1", "0123456789abcdef-"),
            ("a", "1", String(repeating: "a", count: 129)), (String(repeating: "a", count: 129), "1", state),
        ])
    func refused(corpId: String, agentId: String, state: String) {
        #expect(WeComAuthRequest(corpId: corpId, agentId: agentId, state: state) == nil)
    }
}

@Suite("The answer of WeCom's SDK")
struct WeComAuthResponseTests {
    private func outcome(
        _ code: String?,
        result: WeComSDKResult = .success,
        state: String? = state
    ) throws -> WeComAuthOutcome {
        let request = try #require(WeComAuthRequest(corpId: "ww1", agentId: "1", state: WeComClientTests.state))
        return WeComAuthResponse(result: result, code: code, state: state, to: request).outcome
    }

    private func failure(_ outcome: WeComAuthOutcome) throws -> WeComAuthFailure {
        guard case .failed(let failure) = outcome else { throw NoFailure() }
        return failure
    }

    private struct NoFailure: Error {}

    @Test("has the code, and what the server finishes its login with")
    func success() throws {
        guard case .authorized(let code) = try outcome("CANARY+/=&7c~1") else {
            Issue.record("There is no code.")
            return
        }
        #expect(code.rawValue == "CANARY+/=&7c~1")
        #expect(code.callback == "code=CANARY%2B%2F%3D%267c~1&state=\(state)")
    }

    @Test("is refused without the request's own state", arguments: [nil, "", "other", state + "a", state.lowercased()])
    func otherState(state: String?) throws {
        #expect(try failure(outcome("a", state: state)).kind == .otherState)
    }

    @Test("of a member who went back has no code, whatever came with it", arguments: [state, nil, "other"])
    func cancelled(state: String?) throws {
        guard case .cancelled = try outcome("CANARY", result: .cancelled, state: state) else {
            Issue.record("It is another outcome.")
            return
        }
    }

    @Test("with an error has no code, whatever came with it", arguments: [-3, -1, 1, .max])
    func errors(errCode: Int) throws {
        let failure = try failure(outcome("CANARY", result: .failed(errCode: errCode)))
        #expect(failure.kind == .sdk && failure.upstreamCode == errCode && "\(failure)".contains("\(errCode)"))
    }

    @Test(
        "is refused without a usable code",
        arguments: [
            (nil, .codeMissing), ("", .codeMissing), ("a b", .codeMalformed), ("ä", .codeMalformed),
            (String(repeating: "a", count: 513), .codeMalformed),
        ] as [(String?, WeComAuthFailure.Kind)])
    func refused(code: String?, kind: WeComAuthFailure.Kind) throws {
        let failure = try failure(outcome(code))
        #expect(failure.kind == kind && failure.upstreamCode == nil && !"\(failure)".isEmpty)
    }

    @Test("shows neither code nor state in any description")
    func secrecy() throws {
        let request = try #require(WeComAuthRequest(corpId: "ww1", agentId: "1", state: state))
        let response = WeComAuthResponse(result: .success, code: "CANARY7c1f", state: state, to: request)
        var text = "\(response)\(response.outcome)\(request)"
        dump(response, to: &text)
        dump(request, to: &text)
        #expect(!text.contains("CANARY") && !text.contains(state))
    }
}
