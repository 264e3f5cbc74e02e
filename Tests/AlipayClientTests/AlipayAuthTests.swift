import AlipayClient
import Testing

@Suite("A request for Alipay's SDK")
struct AlipayAuthRequestTests {
    private static let state = "0123456789abcdefABCDEF"

    @Test("is the address of the page, without a signature")
    func url() throws {
        let request = try #require(AlipayAuthRequest(appId: "2021000118608888", state: Self.state))
        #expect(
            request.url == """
                https://authweb.alipay.com/auth?auth_type=PURE_OAUTH_SDK&app_id=2021000118608888&scope=auth_user\
                &state=\(Self.state)
                """)
        let base = try #require(AlipayAuthRequest(appId: "2021000118608888", scope: .base, state: Self.state))
        #expect(base.url.contains("&scope=auth_base&"))
    }

    @Test(
        "is none with a state that could be guessed, or with a text that changes the address",
        arguments: [
            ("", state), ("1&scope=x", state), ("1", ""), ("1", "0123456789abcde"), ("1", "0123456789abcdef&a=b"),
            ("1", "0123456789abcdefä"), ("1", String(repeating: "a", count: 129)),
            (String(repeating: "1", count: 65), state),
        ])
    func refused(appId: String, state: String) {
        #expect(AlipayAuthRequest(appId: appId, state: state) == nil)
    }
}

@Suite("The answer of Alipay's SDK")
struct AlipayAuthResponseTests {
    private static let state = "0123456789abcdefABCDEF"
    private static let good = [
        "app_id": "1", "result_code": "SUCCESS", "state": state, "auth_code": "CANARY7c1f", "scope": "auth_user",
    ]

    private func response(_ code: Int = 9000, _ change: (inout [String: String]) -> Void = { _ in }) throws
        -> AlipayAuthResponse
    {
        var result = Self.good
        change(&result)
        let request = try #require(AlipayAuthRequest(appId: "1", state: Self.state))
        return AlipayAuthResponse(resultCode: code, result: result, to: request)
    }

    @Test("has the code for the server")
    func success() throws {
        for change in [{ _ in }, { $0["app_id"] = nil }, { $0["result_code"] = nil }, { $0["result_code"] = "200" }]
            as [(inout [String: String]) -> Void]
        {
            guard case .authorized(let code) = try response(9000, change).outcome else {
                Issue.record("There is no code.")
                return
            }
            #expect(code.rawValue == "CANARY7c1f")
        }
    }

    @Test(
        "with an error has no code, whatever came with it",
        arguments: [4000, 4001, 5000, 6002, 8000, 0, -1, .max])
    func errors(code: Int) throws {
        guard case .failed(let failure) = try response(code).outcome else {
            Issue.record("It did not fail.")
            return
        }
        #expect(failure.kind == .sdk && failure.upstreamCode == code)
        #expect(!"\(failure)".isEmpty)
    }

    @Test("knows when the user went back")
    func cancelled() throws {
        guard case .cancelled = try response(6001).outcome else {
            Issue.record("It is another outcome.")
            return
        }
    }

    @Test("is refused if it is for another login or app, or has no usable code")
    func refused() throws {
        let changes: [(AlipayAuthFailure.Kind, (inout [String: String]) -> Void)] = [
            (.otherState, { $0["state"] = nil }), (.otherState, { $0["state"] = "" }),
            (.otherState, { $0["state"] = "init" }), (.otherApp, { $0["app_id"] = "2" }),
            (.page, { $0["result_code"] = "SYSTEM_EXCEPTION" }), (.page, { $0["result_code"] = "202" }),
            (.codeMissing, { $0["auth_code"] = nil }), (.codeMissing, { $0["auth_code"] = "" }),
            (.codeMalformed, { $0["auth_code"] = "a b" }), (.codeMalformed, { $0["auth_code"] = "ä" }),
            (.codeMalformed, { $0["auth_code"] = String(repeating: "a", count: 513) }),
        ]
        for (kind, change) in changes {
            guard case .failed(let failure) = try response(9000, change).outcome else {
                Issue.record("It did not fail.")
                return
            }
            #expect(failure.kind == kind && failure.upstreamCode == nil)
        }
    }

    @Test("shows neither code nor state in any description")
    func secrecy() throws {
        let response = try response()
        let request = try #require(AlipayAuthRequest(appId: "1", state: Self.state))
        var text = "\(response)\(response.outcome)\(request)"
        dump(response, to: &text)
        dump(request, to: &text)
        #expect(!text.contains("CANARY") && !text.contains(Self.state))
    }
}
