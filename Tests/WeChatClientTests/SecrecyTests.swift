import Foundation
import Testing
import WeChatClient

@Suite("What WeChat gave an app")
struct SecrecyTests {
    private static let canary = "CANARY7c1f"

    @Test("appears in no description, debug description, dump or mirror of what is made of it")
    func values() throws {
        let request = try WeChatAuthRequest(state: Self.canary)
        let code = WeChatAuthResponse(errCode: 0, code: Self.canary, state: Self.canary, answering: request)
        guard case .authorized(let authorized) = code.outcome else {
            Issue.record("A well-formed answer was not authorized.")
            return
        }
        #expect(authorized.value == Self.canary)
        let login = try WeChatMiniProgramLogin(
            code: Self.canary, phoneCode: "\(Self.canary)2", encryptedData: Self.canary, iv: Self.canary,
            rawData: Self.canary, signature: "c0ffee")
        let values: [Any] = [request, code, code.outcome, authorized, [authorized], Optional(authorized) as Any, login]
        for value in values { expectNoCanary(in: value) }
    }

    @Test("appears in no failure and no error")
    func failures() throws {
        let request = WeChatAuthRequest()
        for errCode: Int32 in [0, -1, -2, -6] {
            for state in [request.state, Self.canary, nil] {
                for code in ["\(Self.canary) ", nil] {
                    expectNoCanary(
                        in: WeChatAuthResponse(errCode: errCode, code: code, state: state, answering: request))
                }
            }
        }
        expectNoCanary(
            in: try #require(throws: WeChatStateError.self) { try WeChatAuthRequest(state: "\(Self.canary)-") })
        for name in ["code", "phoneCode", "encryptedData", "iv", "rawData", "signature"] {
            let value = name == "rawData" ? Self.canary : "\(Self.canary) "
            let json = try JSONEncoder().encode(["code": "a"].merging([name: value]) { _, new in new })
            let error = #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(WeChatMiniProgramLogin.self, from: json)
            }
            expectNoCanary(in: error as Any)
        }
    }

    @Test("would be detected by these tests")
    func control() {
        struct Leak {
            let code: String
        }
        #expect(renderings(of: Leak(code: Self.canary)).allSatisfy { $0.contains(Self.canary) })
    }

    private func expectNoCanary(in value: Any, sourceLocation: SourceLocation = #_sourceLocation) {
        for rendering in renderings(of: value) {
            #expect(!rendering.contains(Self.canary), sourceLocation: sourceLocation)
        }
    }

    private func renderings(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [String(describing: value), String(reflecting: value), dumped, children(of: value)]
    }

    /// Every label and every leaf below a value, found by walking mirrors.
    private func children(of value: Any) -> String {
        Mirror(reflecting: value).children
            .map { "\($0.label ?? "")=\($0.value)(\(children(of: $0.value)))" }
            .joined(separator: ",")
    }
}
