import Testing
import WeChatClient

@Suite("WeChat's answer to a request to sign in")
struct WeChatAuthResponseTests {
    private func outcome(_ errCode: Int32, code: String?, state: String?) throws -> String {
        let request = try WeChatAuthRequest(state: "ours")
        switch WeChatAuthResponse(errCode: errCode, code: code, state: state, answering: request).outcome {
        case .authorized(let code): return "authorized \(code.value)"
        case .cancelled: return "cancelled"
        case .failed(let failure): return "failed \(failure.kind.rawValue)"
        }
    }

    @Test(
        "on success has the code, if it is the answer to this request",
        arguments: [
            ("071AbC", "ours", "authorized 071AbC"), ("authdeny", "ours", "authorized authdeny"),
            (nil, "ours", "failed code_missing"), ("", "ours", "failed code_missing"),
            ("07 1", "ours", "failed code_malformed"), ("07\n", "ours", "failed code_malformed"),
            ("é", "ours", "failed code_malformed"), ("071", nil, "failed state_missing"),
            ("071", "", "failed state_missing"), ("071", "theirs", "failed state_mismatched"),
            ("071", "Ours", "failed state_mismatched"), ("071", "ours ", "failed state_mismatched"),
            (nil, "theirs", "failed state_mismatched"),
        ] as [(String?, String?, String)])
    func success(code: String?, state: String?, expected: String) throws {
        #expect(try outcome(0, code: code, state: state) == expected)
    }

    @Test("has no code that is longer than any")
    func longCode() throws {
        let longest = String(repeating: "x", count: 512)
        #expect(try outcome(0, code: longest, state: "ours") == "authorized \(longest)")
        #expect(try outcome(0, code: longest + "x", state: "ours") == "failed code_malformed")
    }

    @Test(
        "with an error yields no code, whatever came with it",
        arguments: [
            (-1, "failed wechat"), (-2, "cancelled"), (-3, "failed wechat"), (-4, "cancelled"), (-5, "failed wechat"),
            (-6, "failed wechat"), (-7, "failed wechat"), (1, "failed wechat"), (.min, "failed wechat"),
        ] as [(Int32, String)])
    func error(errCode: Int32, expected: String) throws {
        for code in ["071", nil] {
            for state in ["ours", nil, ""] { #expect(try outcome(errCode, code: code, state: state) == expected) }
            // Another app's answer does not end this one's login.
            #expect(try outcome(errCode, code: code, state: "theirs") == "failed state_mismatched")
        }
    }

    @Test(
        "with an error says what happened",
        arguments: [
            (-1, "error -1, an error of no particular kind"), (-3, "error -3, the request could not be sent"),
            (-5, "error -5, this version of WeChat cannot; update WeChat"),
            (
                -6,
                "error -6, the app is not the registered one; compare its signature and package name with those at the WeChat Open Platform"
            ),
            (-7, "error -7, which its SDK does not list"),
        ] as [(Int32, String)])
    func errorForPeople(errCode: Int32, reason: String) throws {
        let response = WeChatAuthResponse(
            errCode: errCode, code: nil, state: nil, answering: WeChatAuthRequest())
        guard case .failed(let failure) = response.outcome else {
            Issue.record("It is no failure.")
            return
        }
        #expect("\(failure)" == "WeChat did not sign the user in: \(reason).")
        #expect(failure.upstreamCode == Int(errCode))
    }
}
