import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@testable import FeishuProvider

@Suite("Secrecy")
struct SecrecyTests {
    /// Words with every secret in them, as an upstream might repeat what it was sent.
    static let words = """
        invalid request from 203.0.113.7, log id 1: client_secret=\(Scenario.secret)&code=\(Scenario.code)\
        &token=\(Scenario.appToken)#\(Scenario.userToken)\(Scenario.refreshToken)\(Scenario.sessionKey)\(Scenario.phone)
        """

    /// Answers with every secret in every place from which it could reach an error.
    static let bodies: [String] =
        RefusalTests.rows.map { #"{"code":\#($0.0),"msg":"\#(words)","error":"\#(words)"}"# }
        + [
            #"{"code":"\#(words)"}"#, #"{"error":"\#(words)"}"#, #"{"code":0,"data":"\#(words)"}"#, words,
            #"{"\#(words)":"#, #"{"code":0,"access_token":"\#(words)"}"#,
            Scenario.userInfo(#""open_id":"\#(words)","tenant_key":"t""#),
            Scenario.userInfo(#""union_id":"x","tenant_key":"\#(words.filter { $0 != " " })""#),
            Scenario.userInfo.replacing("张三", with: words), Scenario.token, Scenario.session, Scenario.userInfo,
        ]

    private static let callWords = ["internal", "token", "tokenLoginValidate", "user_info"]

    @Test(
        "no error, log line or event repeats a secret, a code, a token, a number or Feishu's words", arguments: bodies)
    func nothingLeaks(body: String) async throws {
        for word in Self.callWords {
            for status in [200, 500] {
                var scenario = Scenario().withLoginCodes.answering(word, body, status: status)
                // So that there are events of failures as well.
                scenario.settings.tenants = ["another"]
                let traces = try await traces(of: scenario)
                #expect(traces.mention(of: Scenario.canaries + ["203.0.113.7", "log id"]) == nil)
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        var scenario = Scenario().withLoginCodes
        scenario.script.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        let traces = try await traces(of: scenario)
        #expect(!traces.failures.isEmpty)
        #expect(traces.mention(of: Scenario.canaries) == nil)
    }

    /// What a login by redirect and one with an app's own code leave behind.
    private func traces(of scenario: Scenario) async throws -> LoginTraces {
        var (scenario, traces) = (scenario, LoginTraces())
        scenario.logger = traces.logger
        await traces.record(at: try scenario.desk())
        await traces.record(at: try scenario.desk()) { _ = try await $0.app() }
        #expect(traces.events.count == 2)
        return traces
    }

    @Test("an identity has no other secret than the token, wherever Feishu repeats one")
    func identity() async throws {
        let body = Scenario.userInfo.replacing(
            #""employee_no":"7""#, with: #""employee_no":"\#(Scenario.refreshToken) \#(Scenario.sessionKey)""#)
        let scenario = Scenario().withLoginCodes.answering("user_info", body)
        for (identity, issued) in [
            (try await scenario.desk().redirect(), [Scenario.refreshToken]),
            (try await scenario.desk().app(), [Scenario.refreshToken, Scenario.sessionKey]),
        ] {
            var text = ""
            dump(identity, to: &text)
            let record = identity.record.map { JSONObject([("record", $0)]).json } ?? ""
            #expect(record.contains("enterprise_email"))
            for secret in issued + [Scenario.secret, Scenario.code, Scenario.appToken, Scenario.userToken] {
                #expect(!text.contains(secret) && !record.contains(secret))
            }
        }
    }
}
