import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@testable import AlipayProvider

@Suite("Secrecy")
struct SecrecyTests {
    /// What Alipay writes into sub_msg: what should have been signed, code and all.
    static let words = """
        验签出错，网关生成的验签字符串为：app_id=1&code=\(Scenario.code)&auth_token=\(Scenario.accessToken)\
        &refresh_token=\(Scenario.refreshToken)&key=\(TestKey.app)
        """

    /// Nodes with every secret in every place from which it could reach an error.
    static let nodes: [String] =
        RefusalTests.rows.map { code, subCode, _, _ in
            #"{"code":"\#(code)","msg":"\#(words)","sub_code":"\#(subCode ?? words)","sub_msg":"\#(words)"}"#
        } + [
            #"{"code":"\#(words)"}"#, #"{"open_id":"\#(words)"}"#,
            #"{"user_id":"\#(words)","access_token":"\#(words)"}"#,
            #"{"open_id":"x","access_token":"\#(words)"}"#, Scenario.token,
            Scenario.profile.replacing("张三", with: words),
        ]

    /// What a login leaves behind.
    private func traces(of scenario: Scenario) async throws -> LoginTraces {
        var (scenario, traces) = (scenario, LoginTraces())
        scenario.logger = traces.logger
        await traces.record(at: try scenario.desk())
        #expect(traces.events.count == 1)
        return traces
    }

    @Test("no error, log line or event repeats a key, a code, a token or Alipay's words", arguments: nodes)
    func nothingLeaks(node: String) async throws {
        for word in ["token", "share"] {
            for name in [Scenario.name(of: word), "error_response"] {
                let signed = try Scenario().signing(word, node, as: name)
                let unsigned = Scenario().answering(word, #"{"\#(name)":\#(node)}"#)
                for scenario in [signed, unsigned] {
                    #expect(try await traces(of: scenario).mention(of: Scenario.canaries + ["验签"]) == nil)
                }
            }
        }
    }

    @Test(
        "no error, log line or event repeats an answer that cannot be read",
        arguments: [words, "<html>\(words)", #"{"\#(words)":"#])
    func nothingOfBodies(body: String) async throws {
        for word in ["token", "share"] {
            for status in [200, 404, 500] {
                let traces = try await traces(of: Scenario().answering(word, body, status: status))
                #expect(traces.mention(of: Scenario.canaries + ["验签"]) == nil)
            }
        }
    }

    @Test("a lost connection says nothing of the request", arguments: ["token", "share"])
    func transportFailures(word: String) async throws {
        let scenario = Scenario { $0.script.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true) }
        #expect(try await traces(of: scenario).mention(of: Scenario.canaries) == nil)
    }

    @Test("an identity has no secret in it but the user's token, and that as a secret")
    func identities() async throws {
        // Issued with the profile, and by no other answer.
        let issued = "canary-issued-later-90ab17"
        let note = """
            {"note":"\(Scenario.refreshToken) \(Scenario.accessToken) \(issued)","more":[{"refreshToken":"\(issued)"}],
            """
        let identity = try await Scenario().signing("share", note + Scenario.profile.dropFirst()).login()
        #expect(identity.upstreamToken == Secret(Scenario.accessToken))
        var text = "\(identity.record?.json ?? "")"
        dump(identity, to: &text)
        for canary in Scenario.canaries { #expect(!text.contains(canary), "\(canary)") }
    }

    @Test("the provider's own descriptions, and those of its parts, contain no secret")
    func providers() throws {
        let scenario = Scenario()
        let provider = try AlipayProvider(settings: scenario.settings, context: ProviderContext(id: "alipay"))
        let app = try scenario.app()
        let request = SignedRequest("alipay.x", ["code": Scenario.code], of: app, at: Scenario.now)
        var text = "\(provider)\(String(reflecting: provider))\(app)\(request)\(app.keys)"
        dump(provider, to: &text)
        dump(app, to: &text)
        dump(request, to: &text)
        dump(try request.upstreamRequest(to: app), to: &text)
        for canary in Scenario.canaries { #expect(!text.contains(canary), "\(canary)") }
    }
}
