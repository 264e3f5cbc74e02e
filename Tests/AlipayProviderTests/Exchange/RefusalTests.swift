import IdentityBroker
import Testing

@testable import AlipayProvider

/// Each row of the table of error codes.
@Suite("Alipay's error codes")
struct RefusalTests {
    static let rows: [(String, String?, BrokerError.Kind)] = [
        ("20000", "isp.unknow-error", .upstreamUnavailable), ("20000", "aop.unknow-error", .upstreamUnavailable),
        ("20000", nil, .upstreamUnavailable), ("40004", "isp.something-else", .upstreamUnavailable),
        ("20001", "aop.invalid-auth-token", .credentialExpired),
        ("20001", "aop.auth-token-time-out", .credentialExpired),
        ("20001", "aop.app-auth-token-time-out", .credentialExpired),
        ("20001", "aop.invalid-app-auth-token", .misconfigured),
        ("20001", "aop.invalid-app-auth-token-no-api", .misconfigured), ("20001", nil, .credentialExpired),
        ("40001", "isv.missing-method", .misconfigured), ("40001", "isv.missing-signature", .misconfigured),
        ("40001", "isv.missing-signature-config", .misconfigured), ("40001", nil, .misconfigured),
        ("40002", "isv.code-invalid", .invalidCredential), ("40002", "isv.invalid-signature", .misconfigured),
        ("40002", "isv.invalid-app-id", .misconfigured), ("40002", "isv.missing-signature-key", .misconfigured),
        ("40002", "isv.invalid-timestamp", .misconfigured), ("40002", "isv.grant-type-invalid", .invalidCredential),
        ("40002", nil, .invalidCredential),
        ("40003", "isv.app-call-limited", .misconfigured), ("40003", nil, .misconfigured),
        ("40004", "AUTH_CODE_NOT_EXIST", .invalidCredential), ("40004", "SOMETHING_ELSE", .invalidCredential),
        ("40005", "isv.call-limited", .rateLimited), ("40005", nil, .rateLimited),
        ("40006", "isv.insufficient-isv-permissions", .misconfigured), ("40006", nil, .misconfigured),
        ("12345", nil, .invalidCredential), ("12345", "what.is-this", .invalidCredential),
    ]

    @Test("mean what the reference says, wherever they are, and as a number or as text", arguments: rows)
    func code(_ code: String, _ subCode: String?, _ kind: BrokerError.Kind) async throws {
        let sub = subCode.map { #","sub_code":"\#($0)","sub_msg":"canary"# + "\"" } ?? ""
        for (number, name, status) in [
            ("\"\(code)\"", "error_response", 200), (code, "error_response", 200),
            (code, "alipay_system_oauth_token_response", 200), (code, "error_response", 500),
        ] {
            let node = #"{"code":\#(number),"msg":"canary"\#(sub)}"#
            let error = try #require(
                try await Scenario().answering("token", node, as: name, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.upstreamCode == code)
            #expect(error.credential == .spent)
            #expect(!error.message.contains("canary"))
        }
    }

    @Test(
        "that are none are no success",
        arguments: [#"{"code":"x"}"#, #"{"code":[]}"#, #"{"code":""}"#, #"{"msg":"m"}"#])
    func noCode(node: String) async throws {
        #expect(
            try await Scenario().answering("token", node, as: "error_response").failure()?.kind == .upstreamMisbehaved)
    }

    @Test("refuse, whatever else is in the answer")
    func withID() async throws {
        let node = #"{"code":"40002","sub_code":"isv.code-invalid","# + Scenario.token.dropFirst()
        #expect(try await Scenario().answering("token", node).failure()?.kind == .invalidCredential)
    }
}
