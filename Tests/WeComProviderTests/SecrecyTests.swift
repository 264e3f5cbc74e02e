import HTTPTypes
import IdentityBroker
import Logging
import StrictJSON
import Testing

@testable import WeComProvider

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
    /// What WeCom writes into errmsg: our address, our requests, the code.
    static let words = """
        not allow to access from your ip, hint: [1767323045], from ip: 203.0.113.7, more info at \
        https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpsecret=\(Scenario.secret)&code=\(Scenario.code)\
        &access_token=\(Scenario.appToken)#\(Scenario.ticket)\(Scenario.sessionKey)\(Scenario.phone)
        """

    /// Answers with every secret in every place from which it could reach an error.
    static let bodies: [String] =
        RefusalTests.rows.map { #"{"errcode":\#($0.0),"errmsg":"\#(words)"}"# }
        + [
            #"{"errcode":42001,"errmsg":"\#(words)"}"#, #"{"errcode":"\#(words)"}"#, #"{"userid":"\#(words)"}"#,
            #"{"userid":"x","UserId":"\#(words.filter { $0 != " " })"}"#, #"{"openid":"\#(words)"}"#, words,
            #"{"\#(words)":"#, #"{"corpid":"\#(words)","userid":"x"}"#, #"{"access_token":["\#(words)"]}"#,
            Scenario.userInfoWithTicket, Scenario.session, Scenario.details,
            Scenario.member.replacing("张三", with: words),
        ]

    private static let callWords = ["gettoken", "getuserinfo", "jscode2session", "get", "getuserdetail"]

    @Test("no error, log line or event repeats a secret, a code, a token, a number or WeCom's words", arguments: bodies)
    func nothingLeaks(body: String) async throws {
        let lines = Locked<[String]>([])
        for word in Self.callWords {
            for status in [200, 500] {
                var scenario = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)
                    .answering(word, body, status: status)
                scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
                let (page, program) = (try scenario.desk(), try scenario.desk())
                var texts: [String] = []
                for login in [{ try await page.redirect() }, { try await program.miniProgram() }] {
                    guard let error = await Scenario.failure({ _ = try await login() }) else { continue }
                    texts += [error.message, error.upstreamCode ?? "", "\(error)", String(reflecting: error)]
                }
                for event in page.store.auditEvents + program.store.auditEvents {
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
                    for canary in Scenario.canaries + ["203.0.113.7", "hint:"] {
                        #expect(!text.contains(canary), "\(text)")
                    }
                }
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        let lines = Locked<[String]>([])
        var scenario = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)
        scenario.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
        let (page, program) = (try scenario.desk(), try scenario.desk())
        var texts: [String] = []
        for login in [{ try await page.redirect() }, { try await program.miniProgram() }] {
            guard let error = await Scenario.failure({ _ = try await login() }) else { continue }
            texts += ["\(error)", error.message]
        }
        // Details that cannot be read fail no login, and leave an event with a notice.
        #expect(texts.isEmpty == (word == "getuserdetail"))
        let events = page.store.auditEvents + program.store.auditEvents
        #expect(events.count == 2)
        for event in events {
            var text = ""
            dump(event, to: &text)
            texts.append(text)
        }
        for text in texts + lines.withLock({ $0 }) {
            for canary in Scenario.canaries { #expect(!text.contains(canary), "\(text)") }
        }
    }

    @Test("an identity has neither ticket nor session key, wherever WeCom repeats them")
    func identity() async throws {
        let member = Scenario.member.replacing("工程师", with: "\(Scenario.ticket) \(Scenario.sessionKey)")
        let scenario = Scenario().answering("get", member)
        for identity in [
            try await scenario.answering("getuserinfo", Scenario.userInfoWithTicket).desk().redirect(),
            try await scenario.desk().miniProgram(),
        ] {
            var text = ""
            dump(identity, to: &text)
            text += identity.record.map { JSONObject([("record", $0)]).json } ?? ""
            #expect(text.contains("record"))
            #expect(identity.upstreamToken == nil)
            let issued = identity.record?["corpid"] == nil ? Scenario.ticket : Scenario.sessionKey
            #expect(!text.contains(issued))
            #expect(!text.contains(Scenario.secret) && !text.contains(Scenario.code))
            #expect(!text.contains(Scenario.appToken))
        }
    }
}
