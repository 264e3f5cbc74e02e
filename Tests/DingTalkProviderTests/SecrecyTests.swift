import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@testable import DingTalkProvider

@Suite("Secrecy")
struct SecrecyTests {
    private static let words = """
        不合法 code=\(Scenario.code) secret=\(Scenario.clientSecret) \(Scenario.accessToken) \(Scenario.refreshToken) \
        \(Scenario.mobile)
        """

    /// Answers with every secret in every place from which it could reach an error.
    static let bodies: [String] =
        RefusalTests.rows.map { #"{"code":"\#($0.0)","message":"\#(words)","requestid":"\#(words)"}"# } + [
            #"{"code":"\#(words)"}"#, #"{"errcode":"\#(words)"}"#, #"{"errcode":7,"errmsg":"\#(words)"}"#,
            #"{"unionId":"\#(words)"}"#, #"{"accessToken":"\#(words)"}"#, #"{"\#(words)":"#, words, "<html>\(words)",
            Scenario.token, Scenario.user.replacing("张三", with: words),
        ]

    /// What a login leaves behind.
    private func traces(of scenario: Scenario) async throws -> LoginTraces {
        var (scenario, traces) = (scenario, LoginTraces())
        scenario.logger = traces.logger
        await traces.record(at: try scenario.desk())
        #expect(traces.events.count == 1)
        return traces
    }

    @Test(
        "no error, log line or event repeats a secret, a code, a token, a number or DingTalk's words", arguments: bodies
    )
    func nothingLeaks(body: String) async throws {
        for word in ["userAccessToken", "me"] {
            for status in [200, 400, 500] {
                let traces = try await traces(of: Scenario().answering(word, body, status: status))
                #expect(traces.mention(of: Scenario.canaries + ["不合法"]) == nil)
            }
        }
    }

    @Test("a lost connection says nothing of the request", arguments: ["userAccessToken", "me"])
    func transportFailures(word: String) async throws {
        let scenario = Scenario { $0.script.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true) }
        #expect(try await traces(of: scenario).mention(of: Scenario.canaries) == nil)
    }

    @Test("an identity has no secret in it but the user's token, and that as a secret")
    func identities() async throws {
        // Issued with the profile, and by no other answer.
        let issued = "canary-issued-later-90ab17"
        let note = """
            {"note":"\(Scenario.refreshToken) \(Scenario.accessToken) \(issued)","more":[{"refresh_token":"\(issued)"}],
            """
        let identity = try await Scenario().answering("me", note + Scenario.user.dropFirst()).login()
        #expect(identity.upstreamToken == Secret(Scenario.accessToken))
        var text = "\(identity.record?.json ?? "")"
        dump(identity, to: &text)
        for canary in Scenario.canaries where canary != Scenario.mobile { #expect(!text.contains(canary), "\(canary)") }
    }

    @Test("the provider's own description contains no secret")
    func provider() throws {
        let provider = try DingTalkProvider(settings: Scenario().settings, context: ProviderContext(id: "dingtalk"))
        var text = "\(provider)\(String(reflecting: provider))"
        dump(provider, to: &text)
        #expect(!text.contains("canary"))
    }
}
