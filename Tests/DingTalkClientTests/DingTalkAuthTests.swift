import DingTalkClient
import Testing

@Suite("A request for DingTalk's SDK")
struct DingTalkAuthRequestTests {
    private static let state = "0123456789abcdefABCDEF"

    @Test("has redirect URI and state")
    func members() throws {
        let request = try #require(DingTalkAuthRequest(redirectURI: "https://app.example/dingtalk", state: Self.state))
        #expect(request.redirectURI == "https://app.example/dingtalk" && request.state == Self.state)
    }

    @Test(
        "is none with a state that could be guessed, or another address than one of https",
        arguments: [
            ("https://a", ""), ("https://a", "0123456789abcde"), ("https://a", "0123456789abcdef&"),
            ("https://a", String(repeating: "a", count: 129)), ("http://a", state), ("https://", state),
            ("https://a b", state),
        ])
    func refused(uri: String, state: String) {
        #expect(DingTalkAuthRequest(redirectURI: uri, state: state) == nil)
    }
}

@Suite("The answer of DingTalk's SDK")
struct DingTalkAuthResponseTests {
    private static let state = "0123456789abcdefABCDEF"
    private static let malformed: [(String?, DingTalkAuthFailure.Kind)] = [
        (nil, .codeMissing), ("", .codeMissing), ("a b", .codeMalformed), ("ä", .codeMalformed),
        (String(repeating: "a", count: 513), .codeMalformed),
    ]

    private func onAndroid(_ code: String?, state: String? = state, error: String? = nil) throws
        -> DingTalkAuthOutcome
    {
        let request = try #require(DingTalkAuthRequest(redirectURI: "https://app.example", state: Self.state))
        return DingTalkAuthResponse(authCode: code, state: state, error: error, to: request).outcome
    }

    private func onIOS(_ errorCode: Int, _ code: String?) -> DingTalkAuthOutcome {
        DingTalkAuthResponse(errorCode: errorCode, accessCode: code).outcome
    }

    private func failure(_ outcome: DingTalkAuthOutcome) throws -> DingTalkAuthFailure {
        guard case .failed(let failure) = outcome else { throw NoFailure() }
        return failure
    }

    private struct NoFailure: Error {}

    @Test("has the code for the server")
    func success() throws {
        for outcome in [try onAndroid("CANARY7c1f"), try onAndroid("CANARY7c1f", error: ""), onIOS(0, "CANARY7c1f")] {
            guard case .authorized(let code) = outcome else {
                Issue.record("There is no code.")
                return
            }
            #expect(code.rawValue == "CANARY7c1f")
        }
    }

    @Test("on Android is refused without the request's own state", arguments: [nil, "", "other", state + "a"])
    func otherState(state: String?) throws {
        #expect(try failure(onAndroid("a", state: state)).kind == .otherState)
    }

    @Test("on Android with an error has no code, and does not show its text", arguments: [state, nil])
    func reported(state: String?) throws {
        let failure = try failure(onAndroid("a", state: state, error: "CANARY"))
        #expect(failure.kind == .sdk && failure.upstreamCode == nil)
        #expect(!"\(failure)".isEmpty && !"\(failure)".contains("CANARY"))
    }

    @Test("on iOS with an error has no code, whatever came with it", arguments: [-1, -3, -4, -5, -6, 1, .min])
    func errors(errorCode: Int) throws {
        let failure = try failure(onIOS(errorCode, "CANARY7c1f"))
        #expect(failure.kind == .sdk && failure.upstreamCode == errorCode && !"\(failure)".isEmpty)
    }

    @Test("on iOS knows when the user went back")
    func cancelled() throws {
        guard case .cancelled = onIOS(-2, "CANARY7c1f") else {
            Issue.record("It is another outcome.")
            return
        }
    }

    @Test("is refused without a usable code", arguments: malformed)
    func refused(code: String?, kind: DingTalkAuthFailure.Kind) throws {
        for outcome in [try onAndroid(code), onIOS(0, code)] {
            let failure = try failure(outcome)
            #expect(failure.kind == kind && failure.upstreamCode == nil)
        }
    }

    @Test("shows neither code nor state in any description")
    func secrecy() throws {
        let request = try #require(DingTalkAuthRequest(redirectURI: "https://app.example", state: Self.state))
        let response = DingTalkAuthResponse(authCode: "CANARY7c1f", state: Self.state, error: nil, to: request)
        var text = "\(response)\(response.outcome)\(request)"
        dump(response, to: &text)
        dump(request, to: &text)
        #expect(!text.contains("CANARY") && !text.contains(Self.state))
    }
}
