import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@testable import WeChatProvider

@Suite("Secrecy")
struct SecrecyTests {
    /// What WeChat writes into errmsg: our address, our requests, the code.
    static let words = """
        invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1; https://api.weixin.qq.com/sns/jscode2session?\
        secret=\(Scenario.secret)&js_code=\(Scenario.code)&access_token=\(Scenario.appToken)#\(Scenario.sessionKey)\
        \(Scenario.phone)\(Scenario.userToken)\(Scenario.refreshToken)\(Scenario.phoneCode)
        """

    /// Answers with every secret in every place from which it could reach an error.
    static let bodies: [String] =
        (RefusalTests.rows.map { #"{"errcode":\#($0.0),"errmsg":"\#(words)"}"# }
            + [
                #"{"errcode":"\#(words)"}"#, #"{"openid":"\#(words)"}"#, #"{"openid":"x","unionid":"\#(words) "}"#,
                words,
                #"{"\#(words)":"#, #"{"phone_info":"\#(words)"}"#, Scenario.phone(words),
                Scenario.phone(words, pure: "1"),
                #"{"access_token":"\#(words)","openid":"x","is_snapshotuser":1}"#, Scenario.session, Scenario.token,
                Scenario.profile.replacing("Band", with: words), Scenario.phone(),
            ])

    private static let callWords = ["jscode2session", "stable_token", "getuserphonenumber", "access_token", "userinfo"]

    @Test(
        "no error, log line or event repeats a secret, a code, a token, a key, a number or WeChat's words",
        arguments: bodies)
    func nothingLeaks(body: String) async throws {
        for word in Self.callWords {
            for status in [200, 500] {
                let traces = try await traces(of: Scenario().answering(word, body, status: status))
                #expect(traces.mention(of: Scenario.canaries + ["203.0.113.7", "rid: 1"]) == nil)
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        var scenario = Scenario()
        scenario.script.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        let traces = try await traces(of: scenario)
        // A profile that cannot be read fails no login.
        #expect(traces.failures.isEmpty == (word == "userinfo"))
        #expect(traces.mention(of: Scenario.canaries) == nil)
    }

    /// What the logins of a mini program and of an official account leave behind.
    private func traces(of scenario: Scenario) async throws -> LoginTraces {
        var (scenario, traces) = (scenario, LoginTraces())
        scenario.logger = traces.logger
        let parts = Vector.encrypted.merging(["phone_code": Scenario.phoneCode]) { first, _ in first }
        let program = try scenario.desk(WeChatMiniProgramProvider.self, .init(account: scenario.account))
        await traces.record(at: program) { _ = try await $0.login(Scenario.credential(parts)) }
        await traces.record(
            at: try scenario.desk(WeChatOfficialAccountProvider.self, .init(account: scenario.account)))
        #expect(traces.events.count == 2)
        return traces
    }

    @Test("an identity has no secret in it but the user's token, and that as a secret")
    func identities() async throws {
        let parts = Vector.encrypted.merging(["phone_code": Scenario.phoneCode]) { first, _ in first }
        let program = try await Scenario().miniProgram(Scenario.credential(parts))
        let account = try await Scenario().openPlatform()
        #expect(account.upstreamToken == Secret(Scenario.userToken))
        for identity in [program, account] {
            var text = "\(identity.record?.json ?? "")"
            dump(identity, to: &text)
            for canary in Scenario.canaries where canary != Scenario.phone {
                #expect(!text.contains(canary))
            }
        }
    }

    /// Successes whose answers have, at any depth, what WeChat says and issues.
    @Test("a success repeats neither WeChat's words nor what it issued")
    func successes() async throws {
        let (key, token, refresh) = ("canary-nested-session-key", "canary-nested-access-token", "canary-nested-refresh")
        let more = """
            "errcode":0,"errmsg":"\(Self.words)","extra":[{"session_key":"\(key)","errmsg":"\(Self.words)",\
            "more":{"access_token":"\(token)","refresh_token":"\(refresh)"}}],"note":"\(key) \(token) \(refresh)",
            """
        func with(_ body: String) -> String { "{\(more)\(body.dropFirst())" }
        var scenario = Scenario().answering("jscode2session", with(Scenario.session))
            .answering("access_token", with(Scenario.token)).answering("userinfo", with(Scenario.profile))
        let watermark = #""watermark":{"timestamp":1477314187,"appid":"\#(Scenario.appId)"}"#
        scenario.script.answers["getuserphonenumber"] = Scenario.response(
            Scenario.phone().replacing(#""phone_info":{"#, with: #""phone_info":{"errmsg":"\#(Self.words)","#))
        var parts = try Scenario.encrypted(with(#"{"nickName":"Band",\#(watermark)}"#))
        parts["phone_code"] = Scenario.phoneCode
        for identity in [
            try await scenario.miniProgram(Scenario.credential(parts)), try await scenario.openPlatform(),
        ] {
            let record = try #require(identity.record)
            #expect(record["errcode"] == nil && record["errmsg"] == nil)
            var text = record.json
            dump(identity, to: &text)
            for canary in Scenario.canaries + ["203.0.113.7", "rid: 1"] where canary != Scenario.phone {
                #expect(!text.contains(canary), "\(canary)")
            }
        }
    }

    @Test("what WeChat issued is removed wherever its answer repeats it")
    func repeated() async throws {
        let note = #"{"note":"\#(Scenario.sessionKey) \#(Scenario.refreshToken)","#
        let program = try await Scenario().answering("jscode2session", note + Scenario.session.dropFirst())
            .miniProgram()
        let account = try await Scenario().answering("userinfo", note + Scenario.profile.dropFirst()).openPlatform()
        #expect(program.record?["note"]?.string?.contains(Scenario.sessionKey) == false)
        #expect(account.record?["note"]?.string?.contains(Scenario.refreshToken) == false)
    }

    @Test("the providers' own descriptions contain no secret")
    func providers() throws {
        let (account, context) = (Scenario().account, ProviderContext(id: "wechat"))
        let providers: [any IdentityProvider] = [
            try WeChatMiniProgramProvider(settings: .init(account: account), context: context),
            try WeChatAppProvider(settings: account, context: context),
            try WeChatWebProvider(settings: .init(account: account), context: context),
            try WeChatOfficialAccountProvider(settings: .init(account: account), context: context),
        ]
        for provider in providers {
            var text = "\(provider)\(String(reflecting: provider))"
            dump(provider, to: &text)
            #expect(!text.contains("canary"))
        }
    }
}
