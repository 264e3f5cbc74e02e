import BrokerTesting
import IdentityBroker
import StrictJSON
import Testing

@testable import WeComProvider

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
        for word in Self.callWords {
            for status in [200, 500] {
                let scenario = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)
                    .answering(word, body, status: status)
                let traces = try await traces(of: scenario)
                #expect(traces.mention(of: Scenario.canaries + ["203.0.113.7", "hint:"]) == nil)
            }
        }
    }

    @Test("a lost connection says nothing of the address", arguments: callWords)
    func transportFailures(word: String) async throws {
        var scenario = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)
        scenario.script.failures[word] = TransportFailure(.connectionLost, mayHaveLeft: true)
        let traces = try await traces(of: scenario)
        // Details that cannot be read fail no login, and leave an event with a notice.
        #expect(traces.failures.isEmpty == (word == "getuserdetail"))
        #expect(traces.mention(of: Scenario.canaries) == nil)
    }

    /// What a login by redirect and one of a mini program leave behind.
    private func traces(of scenario: Scenario) async throws -> LoginTraces {
        var (scenario, traces) = (scenario, LoginTraces())
        scenario.logger = traces.logger
        await traces.record(at: try scenario.desk())
        await traces.record(at: try scenario.desk()) { _ = try await $0.miniProgram() }
        #expect(traces.events.count == 2)
        return traces
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
