import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("The answer with the token")
struct TokenAnswerTests {
    @Test(
        "may have any form and place that the declaration names",
        arguments: [
            (#"{"data":{"access_token":"access-canary-8c2e"}}"#, "/data/access_token", "json"),
            ("access_token=access-canary-8c2e&token_type=bearer", "/access_token", "form"),
            (#"{"access_token":"access-canary-8c2e","scope":["a","b"]}"#, "/access_token", "form"),
        ])
    func forms(answer: String, pointer: String, format: String) async throws {
        let identity = try await Scenario {
            $0.declaration.token.accessToken = Pointer(pointer) ?? ""
            $0.declaration.token.format = .init(rawValue: format) ?? .json
            $0.tokenAnswer = .text(answer)
        }.login()
        #expect(identity.subject == "person-1")
    }

    @Test(
        "is refused without a token that could be sent",
        arguments: [
            "{}", #"{"access_token":null}"#, #"{"access_token":""}"#, #"{"access_token":7}"#,
            #"{"access_token":["access-canary-8c2e"]}"#, #"{"access_token":"a b"}"#, #"{"access_token":"a\r\nX: y"}"#,
            #"{"access_token":"access-canary-8c2e","token_type":"mac"}"#,
            #"{"access_token":"access-canary-8c2e","token_type":7}"#,
            #"{"access_token":"a","access_token":"access-canary-8c2e"}"#, "access_token=access-canary-8c2e",
            "access_token=a&access_token=b", "[]", "", "<html>", "null",
        ])
    func refused(answer: String) async throws {
        let failure = try await Scenario { $0.tokenAnswer = .text(answer) }.failure()
        #expect(failure?.kind == .upstreamMisbehaved && failure?.credential == .spent)
    }

    @Test("of megabytes is not read")
    func size() async throws {
        let padding = String(repeating: "a", count: 2 * 1024 * 1024)
        let failure = try await Scenario {
            $0.tokenAnswer = .text(#"{"access_token":"access-canary-8c2e","padding":"\#(padding)"}"#)
        }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test(
        "is a failure if it has a code of one, whatever its status and whatever else it has",
        arguments: [
            (#"{"error":"invalid_grant"}"#, 200, "invalid_credential", "invalid_grant"),
            (
                #"{"error":"invalid_client","access_token":"access-canary-8c2e"}"#, 200, "misconfigured",
                "invalid_client"
            ),
            (#"{"error":"own_code"}"#, 200, "invalid_credential", "own_code"),
            (#"{"error":40029}"#, 200, "rate_limited", "40029"),
            (#"{"error":true}"#, 200, "upstream_misbehaved", "true"),
            (
                #"{"error":{"message":"no"},"access_token":"access-canary-8c2e"}"#, 200, "upstream_misbehaved", nil
            ),
            (#"{"error":[1],"access_token":"access-canary-8c2e"}"#, 200, "upstream_misbehaved", nil),
            (#"{"error":{"message":"no"}}"#, 409, "access_denied", nil),
            (#"{"error":"else"}"#, 400, "upstream_misbehaved", "else"),
            (#"{"error":"say 'else'"}"#, 400, "upstream_misbehaved", nil),
            (#"{"error":"else"}"#, 409, "access_denied", "else"), (#"{"message":"no"}"#, 409, "access_denied", nil),
            (#"{"message":"no"}"#, 400, "upstream_misbehaved", nil), (#"{"error":"x"}"#, 429, "rate_limited", nil),
            (#"{"error":"invalid_grant"}"#, 503, "upstream_unavailable", nil),
        ] as [(String, Int, String, String?)])
    func failures(answer: String, status: Int, kind: String, code: String?) async throws {
        let failure = try await Scenario {
            $0.declaration.errors.meanings = ["own_code": .invalidCredential, "40029": .rateLimited]
            $0.declaration.errors.statuses = ["409": .accessDenied]
            $0.tokenAnswer = .text(answer, status: status)
        }.failure()
        #expect(failure?.kind.rawValue == kind && failure?.upstreamCode == code)
    }

    @Test(
        "may name a code that means that nothing failed",
        arguments: [#"0"#, #""0""#, #""ok""#, #""""#, "null", "false"])
    func success(code: String) async throws {
        let scenario = Scenario {
            $0.declaration.errors.codes = ["/ret", "/error"]
            $0.declaration.errors.success = ["0", "ok"]
            $0.tokenAnswer = .text(#"{"ret":\#(code),"access_token":"access-canary-8c2e"}"#)
        }
        #expect(try await scenario.login().subject == "person-1")
    }

    @Test(
        "is no failure with a mapping that another place leads into, and with an empty one",
        arguments: [#"{"code":"ok"}"#, "{}", "[]"])
    func mapping(error: String) async throws {
        let scenario = Scenario {
            $0.declaration.errors.codes = ["/error", "/error/code"]
            $0.declaration.errors.success = ["ok"]
            $0.tokenAnswer = .text(#"{"error":\#(error),"access_token":"access-canary-8c2e"}"#)
        }
        #expect(try await scenario.login().subject == "person-1")
    }

    @Test(
        "is a failure with a mapping or a list, which no code of success and no meaning can name",
        arguments: [#"{"message":"no"}"#, "[1]"])
    func uncoded(error: String) async throws {
        let failure = try await Scenario {
            $0.declaration.errors.success = ["object", "array"]
            $0.declaration.errors.meanings = ["object": .accessDenied, "array": .accessDenied]
            $0.tokenAnswer = .text(#"{"error":\#(error),"access_token":"access-canary-8c2e"}"#)
        }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test("is a failure if any of the places has a code of one, though another has one of success")
    func successBesideFailure() async throws {
        let failure = try await Scenario {
            $0.declaration.errors.codes = ["/ret", "/error"]
            $0.declaration.errors.success = ["0"]
            $0.tokenAnswer = .text(#"{"ret":0,"error":"invalid_grant","access_token":"access-canary-8c2e"}"#)
        }.failure()
        #expect(failure?.kind == .invalidCredential && failure?.upstreamCode == "invalid_grant")
    }

    @Test("that refuses the client has the operator check what is registered, too")
    func misconfigured() async throws {
        let answer: JSONValue = ["error": "redirect_uri_mismatch"]
        let failure = try await Scenario {
            $0.declaration.errors.meanings = ["redirect_uri_mismatch": .misconfigured]
            $0.tokenAnswer = .json(answer)
        }.failure()
        #expect(failure?.kind == .misconfigured && failure?.message.contains("callback URI") == true)
    }

    @Test("reaches no error with what it says, of secrets or of anything else")
    func secrecy() async throws {
        // The pipeline knows the first two, and nothing but the plugin keeps the third out.
        let text = "\(Scenario.secret) \(Scenario.code) canary-of-the-upstream is wrong"
        for status in [200, 400, 401, 500] {
            let answer: JSONValue = ["error": .string(text), "error_description": .string(text)]
            let failure = try #require(try await Scenario { $0.tokenAnswer = .json(answer, status: status) }.failure())
            #expect(!"\(failure)\(failure.message)\(failure.upstreamCode ?? "")".contains("canary"))
        }
    }
}
