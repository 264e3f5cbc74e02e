import HTTPTypes
import IdentityBroker
import Testing

@Suite("Hostile answers")
struct HostileAnswerTests {
    static let bodies: [String] = [
        "",
        " ",
        "<!DOCTYPE html><html><body>Welcome</body></html>",
        "\u{FEFF}\u{FEFF}{\"_id\":\"5e57540f84622ae263294a42\"}",
        " \u{FEFF}{\"_id\":\"5e57540f84622ae263294a42\"}",
        #"{"_id":"5e57540f84622ae263294a42""#,
        #"{"_id":"5e57540f84622ae263294a42"} {}"#,
        #"{"_id":"5e57540f84622ae263294a42","_id":"another"}"#,
        #"{"_id":"5e57540f84622ae263294a42","\u005fid":"another"}"#,
        #"{"code":500,"code":200,"data":{"_id":"5e57540f84622ae263294a42"}}"#,
        "{'_id': '5e57540f84622ae263294a42'}",
        "{_id: \"5e57540f84622ae263294a42\"}",
        #"{"_id":"\ud83d"}"#,
        #"["5e57540f84622ae263294a42"]"#,
        #""5e57540f84622ae263294a42""#,
        "null",
        "200",
        #"{"_id":"a","b":\#(String(repeating: "[", count: 32) + String(repeating: "]", count: 32))}"#,
        String(repeating: "[", count: 100_000),
        #"{"data":""# + String(repeating: #"\""#, count: 50_000) + #""}"#,
    ]

    @Test("are refused, whatever they contain", arguments: bodies)
    func refused(body: String) async {
        let failure = await Scenario(answer: .text(body)).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
        #expect(failure?.credential == .spent)
        #expect(failure?.message.contains("5e57540f84622ae263294a42") == false)
    }

    @Test("that are not UTF-8 are refused")
    func invalidUTF8() async {
        let body = Array(#"{"_id":"5e57540f84622ae263294a42","nickname":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let failure = await Scenario(answer: UpstreamResponse(status: .ok, body: body)).failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }

    @Test("are read whatever their length, which is the transport's to limit")
    func long() async throws {
        let padding = JSON.string(String(repeating: "a", count: 300 * 1024))
        let identity = try await Scenario(record: ["padding": padding]).identity()
        #expect(identity.key.subject == Scenario.userId)
    }

    @Test("are not confused with raw control characters in a nickname, which WeChat sends")
    func controlCharacters() async throws {
        let body = "{\"_id\":\"\(Scenario.userId)\",\"nickname\":\"Jo\u{14}hn\nDoe\u{0}\"}"
        let identity = try await Scenario(answer: .text(body)).identity()
        #expect(identity.claims.nickname == "JohnDoe")
        #expect(identity.notices == [.nameCleaned])
    }
}
