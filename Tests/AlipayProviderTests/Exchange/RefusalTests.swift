import BrokerTesting
import IdentityBroker
import Testing

@testable import AlipayProvider

/// Each row of the table of error codes.
@Suite("Alipay's error codes")
struct RefusalTests {
    /// `code`, `sub_code`, kind, and a word that tells what to do.
    static let rows: [(String, String?, BrokerError.Kind, String)] = [
        ("20000", "isp.unknow-error", .upstreamUnavailable, "later"),
        ("20000", "aop.unknow-error", .upstreamUnavailable, "later"), ("20000", nil, .upstreamUnavailable, "later"),
        ("40004", "isp.something-else", .upstreamUnavailable, "later"),
        ("20001", "aop.invalid-auth-token", .credentialExpired, "new login"),
        ("20001", "aop.auth-token-time-out", .credentialExpired, "new login"),
        ("20001", "aop.app-auth-token-time-out", .credentialExpired, "new login"),
        ("20001", "aop.invalid-app-auth-token", .misconfigured, "own keys"),
        ("20001", "aop.invalid-app-auth-token-no-api", .misconfigured, "own keys"),
        ("20001", nil, .credentialExpired, "new login"),
        ("40001", "isv.missing-method", .misconfigured, "parameter"),
        ("40001", "isv.missing-signature", .misconfigured, "parameter"), ("40001", nil, .misconfigured, "parameter"),
        ("40002", "isv.code-invalid", .invalidCredential, "new login"),
        ("40002", "isv.invalid-signature", .misconfigured, "privateKey"),
        ("40002", "isv.invalid-app-id", .misconfigured, "appId"),
        ("40002", "isv.missing-signature-key", .misconfigured, "Upload"),
        ("40003", "isv.missing-signature-config", .misconfigured, "Upload"),
        ("40002", "isv.invalid-timestamp", .misconfigured, "clock"),
        ("40002", "isv.invalid-method", .misconfigured, "settings"),
        ("40002", "isv.app-cert-expired", .misconfigured, "appCertificate"),
        ("40002", "isv.invalid-app-cert-sn", .misconfigured, "appCertificate"),
        ("40002", "isv.invalid-alipay-root-cert-sn", .misconfigured, "rootCertificate"),
        ("40002", "isv.grant-type-invalid", .invalidCredential, "new login"),
        ("40002", nil, .invalidCredential, "new login"), ("40003", nil, .misconfigured, "conditions"),
        ("40004", "AUTH_CODE_NOT_EXIST", .invalidCredential, "new login"),
        ("40004", "SOMETHING_ELSE", .invalidCredential, "new login"),
        ("40005", "isv.app-call-limited", .rateLimited, "later"),
        ("40005", "isv.method-call-limited", .rateLimited, "later"), ("40005", nil, .rateLimited, "later"),
        ("40006", "isv.insufficient-isv-permissions", .misconfigured, "ability"),
        ("40006", nil, .misconfigured, "ability"), ("12345", nil, .invalidCredential, "new login"),
        ("12345", "what.is-this", .invalidCredential, "new login"),
    ]

    @Test("mean what the reference says, wherever they are, and as a number or as text", arguments: rows)
    func code(_ code: String, _ subCode: String?, _ kind: BrokerError.Kind, _ word: String) async throws {
        let sub = subCode.map { #","sub_code":"\#($0)","sub_msg":"canary"# + "\"" } ?? ""
        for (number, name, status) in [
            ("\"\(code)\"", "error_response", 200), (code, "error_response", 200),
            (code, "alipay_system_oauth_token_response", 200), (code, "error_response", 500),
        ] {
            let node = #"{"code":\#(number),"msg":"canary"\#(sub)}"#
            let error = try #require(
                try await Scenario().signing("token", node, as: name, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.upstreamCode == subCode ?? code)
            #expect(error.credential == .spent)
            #expect(error.message.contains(word), "\(error.message)")
            #expect(!error.message.contains("canary"))
        }
    }

    @Test("that are not in the form of a code are not kept", arguments: ["canary code", "代码", "isv.1234567890"])
    func otherForms(subCode: String) async throws {
        let node = #"{"code":"40002","sub_code":"\#(subCode)"}"#
        let error = try await Scenario().signing("token", node).failure()
        #expect(error?.kind == .invalidCredential && error?.upstreamCode == "40002")
    }

    @Test(
        "that are malformed, or missing in an error, are not a success",
        arguments: [#"{"code":"x"}"#, #"{"code":[]}"#, #"{"code":""}"#, #"{"msg":"m"}"#])
    func noCode(node: String) async throws {
        #expect(
            try await Scenario().signing("token", node, as: "error_response").failure()?.kind == .upstreamMisbehaved)
    }

    @Test("refuse, whatever else is in the answer")
    func withID() async throws {
        let node = #"{"code":"40002","sub_code":"isv.code-invalid","# + Scenario.token.dropFirst()
        #expect(try await Scenario().signing("token", node).failure()?.kind == .invalidCredential)
    }
}
