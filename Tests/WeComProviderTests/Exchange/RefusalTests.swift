import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing
import UpstreamAPI
import WeChatFamily

@testable import WeComProvider

/// Each row of the table of error codes.
@Suite("WeCom's error codes")
struct RefusalTests {
    static let rows: [(Int, BrokerError.Kind)] = [
        (-1, .upstreamUnavailable), (40029, .invalidCredential), (40091, .misconfigured), (40013, .misconfigured),
        (41001, .misconfigured), (41004, .misconfigured), (48002, .misconfigured), (50001, .misconfigured),
        (50003, .misconfigured), (60020, .misconfigured), (301_002, .misconfigured), (40078, .misconfigured),
        (40082, .misconfigured), (42009, .misconfigured), (48003, .misconfigured), (48004, .misconfigured),
        (50002, .accessDenied), (60011, .accessDenied), (60111, .accessDenied), (84014, .credentialExpired),
        (84015, .invalidCredential), (45009, .rateLimited), (45033, .rateLimited), (1_234_567, .invalidCredential),
    ]

    @Test("mean what the reference says, as a number and as text, under any status", arguments: rows)
    func code(_ code: Int, _ kind: BrokerError.Kind) async throws {
        for (body, status) in [
            (#"{"errcode":\#(code),"errmsg":"canary, more info at https://open.work.weixin.qq.com"}"#, 200),
            (#"{"errcode":"\#(code)","errmsg":"canary"}"#, 200), (#"{"errcode":\#(code)}"#, 500),
        ] {
            let error = try #require(await Scenario().answering("getuserinfo", body, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.upstreamCode == "\(code)")
            #expect(error.credential == .spent)
            #expect(!error.message.contains("canary"))
            let other = await Scenario().answering("jscode2session", body, status: status).miniProgramFailure()
            #expect(other?.kind == kind)
        }
    }

    @Test(
        "of the app's token keep the code unused",
        arguments: [
            (40001, .misconfigured), (40013, .misconfigured), (60020, .misconfigured), (-1, .upstreamUnavailable),
            (45009, .rateLimited), (1_234_567, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)])
    func appToken(_ code: Int, _ kind: BrokerError.Kind) async throws {
        let desk = try Scenario().answering("gettoken", #"{"errcode":\#(code),"errmsg":"canary"}"#).desk()
        let error = try #require(await Scenario.failure { _ = try await desk.redirect() })
        #expect(error.kind == kind)
        #expect(error.credential == .unused)
        #expect(desk.transport.requests(to: "getuserinfo").isEmpty)
    }

    @Test("keep out those who may not use the app, wherever WeCom says so", arguments: [50002, 60011, 60111])
    func member(code: Int) async {
        let error = await Scenario().answering("get", #"{"errcode":\#(code),"errmsg":"x"}"#).failure()
        #expect(error?.kind == .accessDenied)
        #expect(error?.upstreamCode == "\(code)")
    }

    @Test("are read in an answer whose words are not UTF-8")
    func brokenWords() async throws {
        let body = Array(#"{"errcode":40029,"errmsg":"A"#.utf8) + [0xFF] + Array(#""}"#.utf8)
        for word in ["getuserinfo", "jscode2session"] {
            let scenario = Scenario().answering(word, body)
            let error = word == "getuserinfo" ? await scenario.failure() : await scenario.miniProgramFailure()
            #expect(error?.kind == .invalidCredential)
            #expect(error?.upstreamCode == "40029")
        }
    }

    @Test("say nothing of the broker's address, which WeCom writes into errmsg")
    func address() async {
        let body = #"{"errcode":60020,"errmsg":"not allow to access from your ip, from ip: 203.0.113.7"}"#
        let error = await Scenario().answering("getuserinfo", body).failure()
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("203.0.113.7") == false)
    }

    @Test("are each in the table once, and each row is tested")
    func unique() {
        let codes = Refusal.table.flatMap(\.codes)
        #expect(Set(codes).count == codes.count)
        #expect(Set(Self.rows.map { Int64($0.0) }).union(codesOfAppToken).isSuperset(of: codes))
    }

    @Test(
        "may be missing: then the status decides",
        arguments: [
            (500, .upstreamUnavailable), (503, .upstreamUnavailable), (429, .rateLimited), (404, .misconfigured),
            (418, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)])
    func status(_ status: Int, _ kind: BrokerError.Kind) async {
        for body in ["<html>", Scenario.userInfo] {
            #expect(await Scenario().answering("getuserinfo", body, status: status).failure()?.kind == kind)
        }
    }

    @Test(
        "that are malformed, and answers without any meaning, are WeCom's fault",
        arguments: [
            #"{"errcode":"x"}"#, #"{"errcode":[]}"#, "", "<html>", "[]", "{}", #"{"errcode":0,"errmsg":"ok"}"#,
        ])
    func misbehaved(body: String) async {
        #expect(await Scenario().answering("getuserinfo", body).failure()?.kind == .upstreamMisbehaved)
        #expect(await Scenario().answering("jscode2session", body).miniProgramFailure()?.kind == .upstreamMisbehaved)
    }
}
