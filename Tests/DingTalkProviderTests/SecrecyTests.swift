import BrokerTesting
import HTTPTypes
import IdentityBroker
import Logging
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

    private func texts(of scenario: Scenario) async throws -> [String] {
        let log = LogRecording()
        var scenario = scenario
        scenario.logger = log.makeLogger()
        let desk = try scenario.desk()
        var texts: [String] = []
        if let error = await Scenario.failure({ _ = try await desk.redirect() }) {
            texts += [error.message, error.upstreamCode ?? "", "\(error)", String(reflecting: error)]
        }
        for event in desk.store.auditEvents {
            var text = ""
            dump(event, to: &text)
            texts.append(text)
        }
        #expect(!texts.isEmpty)
        return texts + [log.text]
    }

    @Test(
        "no error, log line or event repeats a secret, a code, a token, a number or DingTalk's words", arguments: bodies
    )
    func nothingLeaks(body: String) async throws {
        for word in ["userAccessToken", "me"] {
            for status in [200, 400, 500] {
                for text in try await texts(of: Scenario().answering(word, body, status: status)) {
                    for canary in Scenario.canaries + ["不合法"] { #expect(!text.contains(canary), "\(text)") }
                }
            }
        }
    }

    @Test("a lost connection says nothing of the request", arguments: ["userAccessToken", "me"])
    func transportFailures(word: String) async throws {
        let scenario = Scenario { $0.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true) }
        for text in try await texts(of: scenario) {
            for canary in Scenario.canaries { #expect(!text.contains(canary), "\(text)") }
        }
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
