import HTTPTypes
import IdentityBroker
import Logging
import StrictJSON
import Testing

@testable import WeChatProvider

/// Records everything that is logged, as text.
struct RecordingLogHandler: LogHandler {
    let lines: Locked<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.withLock { $0.append("\(event.message) \(metadata) \(event.metadata ?? [:])") }
    }
}

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
        let lines = Locked<[String]>([])
        for word in Self.callWords {
            for status in [200, 500] {
                var scenario = Scenario().answering(word, body, status: status)
                scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
                let parts = Vector.encrypted.merging(["phone_code": Scenario.phoneCode]) { first, _ in first }
                let program = try scenario.desk(WeChatMiniProgramProvider.self, .init(account: scenario.account))
                let account = try scenario.desk(WeChatOfficialAccountProvider.self, .init(account: scenario.account))
                var texts: [String] = []
                for login in [
                    { try await program.login(Scenario.credential(parts)) }, { try await account.redirect() },
                ] {
                    guard let error = await Scenario.failure({ _ = try await login() }) else { continue }
                    texts += [error.message, error.upstreamCode ?? "", "\(error)", String(reflecting: error)]
                }
                for event in program.store.auditEvents + account.store.auditEvents {
                    var text = ""
                    dump(event, to: &text)
                    texts.append(text)
                }
                texts += lines.withLock { lines in
                    defer { lines = [] }
                    return lines
                }
                #expect(texts.count > 2)
                for text in texts {
                    for canary in Scenario.canaries + ["203.0.113.7", "rid: 1"] {
                        #expect(!text.contains(canary), "\(text)")
                    }
                }
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        let lines = Locked<[String]>([])
        var scenario = Scenario()
        scenario.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
        let program = try scenario.desk(WeChatMiniProgramProvider.self, .init(account: scenario.account))
        let account = try scenario.desk(WeChatOfficialAccountProvider.self, .init(account: scenario.account))
        let failures = [
            await Scenario.failure {
                _ = try await program.login(Scenario.credential(["phone_code": Scenario.phoneCode]))
            },
            await Scenario.failure { _ = try await account.redirect() },
        ]
        // A profile that cannot be read fails no login.
        #expect(failures.contains { $0 != nil } == (word != "userinfo"))
        let texts = failures.compactMap(\.self).map { "\($0) \($0.message)" } + lines.withLock { $0 }
        for text in texts {
            for canary in Scenario.canaries { #expect(!text.contains(canary), "\(text)") }
        }
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
        scenario.answers["getuserphonenumber"] = .json(
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
