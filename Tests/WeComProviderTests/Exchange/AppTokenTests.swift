import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import WeComProvider

@Suite("The app's access token")
struct AppTokenTests {
    @Test("is fetched with company and secret, and travels with the code in the documented requests")
    func requests() async throws {
        let desk = try Scenario().desk()
        _ = try await desk.redirect()
        _ = try await desk.miniProgram("canary-code-of-a-mini-program")
        #expect(desk.transport.requests.allSatisfy { $0.head.method == .get && $0.body.isEmpty })
        #expect(
            desk.transport.requests.map(\.head.path) == [
                "/cgi-bin/gettoken?corpid=\(Scenario.corpId)&corpsecret=\(Scenario.secret)",
                "/cgi-bin/auth/getuserinfo?access_token=\(Scenario.appToken)&code=\(Scenario.code)",
                "/cgi-bin/user/get?access_token=\(Scenario.appToken)&userid=\(Scenario.userid)",
                """
                /cgi-bin/miniprogram/jscode2session?access_token=\(Scenario.appToken)\
                &js_code=canary-code-of-a-mini-program&grant_type=authorization_code
                """,
                "/cgi-bin/user/get?access_token=\(Scenario.appToken)&userid=\(Scenario.userid)",
            ])
    }

    @Test("is fetched once for a thousand logins of a cold instance")
    func oneToken() async throws {
        let desk = try Scenario { $0.limits.concurrency = 1000 }.desk()
        try await withThrowingTaskGroup { group in
            for number in 1...1000 {
                group.addTask { _ = try await desk.miniProgram("code-\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(desk.transport.requests(to: "gettoken").count == 1)
        #expect(desk.transport.requests(to: "jscode2session").count == 1000)
    }

    @Test(
        "is fetched again when it is refused, and the code sent once more",
        arguments: ["40001", "40014", "42001", "\"42001\""])
    func resent(code: String) async throws {
        var scenario = Scenario()
        scenario.script.appTokens.issued = ["canary-old-token", Scenario.appToken]
        scenario.script.appTokens.refused = ["canary-old-token"]
        scenario.script.appTokens.refusal = Scenario.response(#"{"errcode":\#(code),"errmsg":"access_token expired"}"#)
        for word in ["getuserinfo", "jscode2session"] {
            let desk = try scenario.desk()
            let identity = word == "getuserinfo" ? try await desk.redirect() : try await desk.miniProgram()
            #expect(identity.subject == "zhangsan")
            #expect(desk.transport.words == ["gettoken", word, "gettoken", word, "get"])
            #expect(desk.store.auditEvents.map(\.notices) == [["app_token_renewed"]])
        }
    }

    @Test("is not sent a third time")
    func refusedAgain() async throws {
        var scenario = Scenario()
        scenario.script.appTokens.issued = (1...9).map { "canary-token-\($0)" }
        scenario.script.appTokens.refused = ["canary-token-"]
        let desk = try scenario.desk()
        let error = await Scenario.failure { _ = try await desk.redirect() }
        #expect(error?.kind == .misconfigured)
        #expect(error?.credential == .spent)
        #expect(desk.transport.requests(to: "getuserinfo").count == 2)
        #expect(desk.transport.requests(to: "gettoken").count == 2)
    }

    @Test("is not sent again if WeCom gives the same one")
    func sameToken() async throws {
        let desk = try Scenario { $0.script.appTokens.refused = [Scenario.appToken] }.desk()
        let error = await Scenario.failure { _ = try await desk.redirect() }
        #expect(error?.kind == .upstreamUnavailable)
        #expect(desk.transport.requests(to: "getuserinfo").count == 1)
    }

    @Test("is not fetched again for any other refusal", arguments: [40029, -1, 45009, 60020, 50002, 99])
    func otherRefusals(code: Int) async throws {
        let desk = try Scenario().answering("getuserinfo", #"{"errcode":\#(code),"errmsg":"x"}"#).desk()
        let error = await Scenario.failure { _ = try await desk.redirect() }
        #expect(error?.upstreamCode == "\(code)")
        #expect(desk.transport.words == ["gettoken", "getuserinfo"])
    }

    @Test(
        "is fetched again if it is refused after the code was taken, and the request for the profile repeated",
        arguments: ["get", "getuserdetail"], ["40001", "40014", "42001", "\"42001\""])
    func refusedAtProfile(word: String, code: String) async throws {
        var scenario = Scenario().answering("getuserinfo", Scenario.userInfoWithTicket)
        scenario.script.appTokens.issued = ["canary-old-token", Scenario.appToken]
        scenario.script.appTokens.refusedByWord[word] = ["canary-old-token"]
        scenario.script.appTokens.refusal = Scenario.response(#"{"errcode":\#(code),"errmsg":"access_token expired"}"#)
        let desk = try scenario.desk()
        let identity = try await desk.redirect()
        #expect(identity.notices.isEmpty)
        #expect(identity.claims.name == "张三" && identity.claims.email != nil)
        let words = ["gettoken", "getuserinfo", "get", "getuserdetail"].flatMap {
            $0 == word ? [$0, "gettoken", $0] : [$0]
        }
        #expect(desk.transport.words == words)
    }

    @Test("is not sent a third time for the profile, nor a second if WeCom gives the same one")
    func refusedAtProfileAgain() async throws {
        var scenario = Scenario()
        scenario.script.appTokens.issued = (1...9).map { "canary-token-\($0)" }
        scenario.script.appTokens.refusedByWord["get"] = ["canary-token-"]
        let desk = try scenario.desk()
        #expect(await Scenario.failure { _ = try await desk.redirect() }?.kind == .misconfigured)
        #expect(desk.transport.words == ["gettoken", "getuserinfo", "get", "gettoken", "get"])
        let same = try Scenario { $0.script.appTokens.refusedByWord["get"] = [Scenario.appToken] }.desk()
        #expect(await Scenario.failure { _ = try await same.redirect() }?.kind == .upstreamUnavailable)
        #expect(same.transport.requests(to: "get").count == 1)
    }

    @Test("is asked for up to three times while WeCom is busy")
    func busy() async throws {
        let busy = #"{"errcode":-1,"errmsg":"system error"}"#
        for count in 1...3 {
            let desk = try Scenario {
                $0.script.firstAnswers["gettoken"] = Array(repeating: Scenario.response(busy), count: count)
            }.desk()
            let failure = await Scenario.failure { _ = try await desk.redirect() }
            #expect(failure?.kind == (count < 3 ? nil : .upstreamUnavailable))
            #expect(desk.transport.requests(to: "gettoken").count == min(count + 1, 3))
        }
    }

    @Test("is fetched once by each of two brokers, and by neither again while it lasts")
    func replicas() async throws {
        let scenario = Scenario()
        let first = try scenario.desk()
        let second = try scenario.desk(at: first.transport)
        for round in 1...3 {
            for (name, desk) in [("a", first), ("b", second)] {
                _ = try await desk.miniProgram("code-\(name)\(round)")
                desk.clock.advance(by: .seconds(7200 / 4))
            }
        }
        #expect(first.transport.requests(to: "gettoken").count == 2)
        #expect((first.store.auditEvents + second.store.auditEvents).allSatisfy { $0.notices.isEmpty })
        first.clock.advance(by: .seconds(7200 / 4))
        _ = try await first.miniProgram("code-later")
        #expect(first.transport.requests(to: "gettoken").count == 3)
    }

    @Test(
        "is not fetched for each login if its lifetime is missing, or cannot be read",
        arguments: ["", #","expires_in":null"#, #","expires_in":"soon""#, #","expires_in":"7200""#])
    func lifetimes(member: String) async throws {
        let body = #"{"errcode":0,"access_token":"\#(Scenario.appToken)"\#(member)}"#
        let desk = try Scenario().answering("gettoken", body).desk()
        for number in 1...3 { _ = try await desk.miniProgram("code-\(number)") }
        #expect(desk.transport.requests(to: "gettoken").count == 1)
    }

    @Test("has to be one", arguments: ["{}", #"{"errcode":0,"access_token":""}"#, #"{"access_token":7}"#, "<html>"])
    func none(body: String) async {
        let error = await Scenario().answering("gettoken", body).failure()
        #expect(error?.kind == .upstreamMisbehaved)
        #expect(error?.credential == .unused)
    }
}
