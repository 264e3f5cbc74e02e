import HTTPTypes
import IdentityBroker
import Logging
import StrictJSON
import Testing

@testable import FeishuProvider

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
        let lines = Locked<[String]>([])
        for word in Self.callWords {
            for status in [200, 500] {
                var scenario = Scenario().withLoginCodes.answering(word, body, status: status)
                // So that there are events of failures as well.
                scenario.settings.tenants = ["another"]
                scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
                let (page, program) = (try scenario.desk(), try scenario.desk())
                var texts: [String] = []
                for login in [{ try await page.redirect() }, { try await program.app() }] {
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
                    for canary in Scenario.canaries + ["203.0.113.7", "log id"] {
                        #expect(!text.contains(canary), "\(text)")
                    }
                }
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        let lines = Locked<[String]>([])
        var scenario = Scenario().withLoginCodes
        scenario.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        scenario.logger = Logger(label: "test", factory: { _ in RecordingLogHandler(lines: lines) })
        let failures = [await scenario.failure(), await scenario.appFailure()].compactMap(\.self)
        #expect(!failures.isEmpty)
        for text in failures.map({ "\($0) \($0.message)" }) + lines.withLock({ $0 }) {
            for canary in Scenario.canaries { #expect(!text.contains(canary), "\(text)") }
        }
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
