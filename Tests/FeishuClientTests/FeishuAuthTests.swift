import FeishuClient
import Testing

@Suite("A request for Feishu's SDK")
struct FeishuAuthRequestTests {
    @Test("has the app with the scheme of its URL, and the permissions")
    func members() throws {
        let request = try #require(
            FeishuAuthRequest(appId: "cli_a5ca35a685b0x26e", scopes: ["contact:user.id:readonly"]))
        #expect(request.appId == "cli_a5ca35a685b0x26e" && request.scheme == "clia5ca35a685b0x26e")
        #expect(request.scopes == ["contact:user.id:readonly"])
    }

    @Test(
        "is none with an id or a permission that no one has",
        arguments: [
            ("", []), ("cli a", []), ("cli-a", []), ("clä", []), (String(repeating: "a", count: 129), []),
            ("cli_a", [""]), ("cli_a", ["a b"]), ("cli_a", ["a", "b\""]),
        ] as [(String, [String])])
    func refused(appId: String, scopes: [String]) {
        #expect(FeishuAuthRequest(appId: appId, scopes: scopes) == nil)
    }
}

@Suite("The answer of Feishu's SDK")
struct FeishuAuthResponseTests {
    private func failure(_ response: FeishuAuthResponse) throws -> FeishuAuthFailure {
        guard case .failed(let failure) = response.outcome else { throw NoFailure() }
        return failure
    }

    private struct NoFailure: Error {}

    @Test("has the code for the server")
    func success() {
        guard case .authorized(let code) = FeishuAuthResponse(code: "CANARY7c1f").outcome else {
            Issue.record("There is no code.")
            return
        }
        #expect(code.rawValue == "CANARY7c1f")
    }

    @Test("knows when the user went back", arguments: [FeishuAuthResponse(errorCode: "-3"), .init(isCancelled: true)])
    func cancelled(response: FeishuAuthResponse) {
        guard case .cancelled = response.outcome else {
            Issue.record("It is another outcome.")
            return
        }
    }

    @Test(
        "with an error says what failed, and what to do",
        arguments: [
            ("-1", .otherState, nil, "Begin a new"), ("-2", .codeMissing, nil, "Begin a new"),
            ("-4", .sdk, -4, "Install"), ("-5", .sdk, -5, "may use this app"), ("-6", .sdk, -6, "Update the app"),
            ("-7", .sdk, -7, "code -7"), ("0", .sdk, 0, "code 0"), ("CANARY", .sdk, nil, "Try again"),
            (nil, .sdk, nil, "Try again"),
        ] as [(String?, FeishuAuthFailure.Kind, Int?, String)])
    func errors(code: String?, kind: FeishuAuthFailure.Kind, number: Int?, words: String) throws {
        let failure = try failure(FeishuAuthResponse(errorCode: code))
        #expect(failure.kind == kind && failure.upstreamCode == number)
        #expect("\(failure)".contains(words) && !"\(failure)".contains("CANARY"))
    }

    @Test("on iOS is a failure if the user did not go back")
    func failed() throws {
        let failure = try failure(FeishuAuthResponse(isCancelled: false))
        #expect(failure.kind == .sdk && failure.upstreamCode == nil)
    }

    @Test(
        "is refused without a usable code",
        arguments: [
            (nil, .codeMissing), ("", .codeMissing), ("a b", .codeMalformed), ("ä", .codeMalformed),
            (String(repeating: "a", count: 513), .codeMalformed),
        ] as [(String?, FeishuAuthFailure.Kind)])
    func refused(code: String?, kind: FeishuAuthFailure.Kind) throws {
        let failure = try failure(FeishuAuthResponse(code: code))
        #expect(failure.kind == kind && failure.upstreamCode == nil && !"\(failure)".isEmpty)
    }

    @Test("does not show the code in any description")
    func secrecy() {
        let response = FeishuAuthResponse(code: "CANARY7c1f")
        var text = "\(response)\(response.outcome)"
        dump(response, to: &text)
        #expect(!text.contains("CANARY"))
    }
}
