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

    private func response(_ errorCode: Int, _ code: String?, state: String? = state) throws -> DingTalkAuthResponse {
        let request = try #require(DingTalkAuthRequest(redirectURI: "https://app.example", state: Self.state))
        return DingTalkAuthResponse(errorCode: errorCode, accessCode: code, state: state, to: request)
    }

    @Test("has the code for the server", arguments: [state, nil])
    func success(state: String?) throws {
        guard case .authorized(let code) = try response(0, "CANARY7c1f", state: state).outcome else {
            Issue.record("There is no code.")
            return
        }
        #expect(code.rawValue == "CANARY7c1f")
    }

    @Test("with an error has no code, whatever came with it", arguments: [-1, -3, -4, -5, -6, 1, .min])
    func errors(errorCode: Int) throws {
        guard case .failed(let failure) = try response(errorCode, "CANARY7c1f").outcome else {
            Issue.record("It did not fail.")
            return
        }
        #expect(failure.kind == .sdk && failure.upstreamCode == errorCode && !"\(failure)".isEmpty)
    }

    @Test("knows when the user went back")
    func cancelled() throws {
        guard case .cancelled = try response(-2, "CANARY7c1f").outcome else {
            Issue.record("It is another outcome.")
            return
        }
    }

    @Test(
        "is refused if it is for another login, or has no usable code",
        arguments: [
            ("a", "other", DingTalkAuthFailure.Kind.otherState), ("a", "", .otherState), (nil, nil, .codeMissing),
            ("", nil, .codeMissing), ("a b", nil, .codeMalformed), ("ä", nil, .codeMalformed),
            (String(repeating: "a", count: 513), nil, .codeMalformed),
        ] as [(String?, String?, DingTalkAuthFailure.Kind)])
    func refused(code: String?, state: String?, kind: DingTalkAuthFailure.Kind) throws {
        guard case .failed(let failure) = try response(0, code, state: state).outcome else {
            Issue.record("It did not fail.")
            return
        }
        #expect(failure.kind == kind && failure.upstreamCode == nil)
    }

    @Test("shows neither code nor state in any description")
    func secrecy() throws {
        let response = try response(0, "CANARY7c1f")
        let request = try #require(DingTalkAuthRequest(redirectURI: "https://app.example", state: Self.state))
        var text = "\(response)\(response.outcome)\(request)"
        dump(response, to: &text)
        dump(request, to: &text)
        #expect(!text.contains("CANARY") && !text.contains(Self.state))
    }
}
