import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing
import UpstreamAPI

@testable import WeChatProvider

/// Each row of the table of error codes.
@Suite("WeChat's error codes")
struct RefusalTests {
    static let rows: [(Int, BrokerError.Kind)] = [
        (-1, .upstreamUnavailable), (40029, .invalidCredential), (40163, .credentialAlreadyUsed),
        (42003, .credentialExpired), (40226, .accessDenied), (45011, .rateLimited), (45009, .rateLimited),
        (45033, .rateLimited), (47001, .upstreamMisbehaved),
        (40013, .misconfigured), (40125, .misconfigured), (41002, .misconfigured), (41004, .misconfigured),
        (41008, .invalidCredential), (40001, .misconfigured), (40014, .misconfigured), (42001, .misconfigured),
        (40164, .misconfigured), (61004, .misconfigured), (89503, .misconfigured), (89501, .misconfigured),
        (89506, .misconfigured), (89507, .misconfigured), (40243, .misconfigured), (48001, .misconfigured),
        (48004, .misconfigured), (50001, .accessDenied), (50002, .accessDenied), (61003, .misconfigured),
        (87007, .credentialExpired), (87008, .upstreamMisbehaved), (87009, .credentialExpired),
        (41001, .upstreamMisbehaved), (10003, .misconfigured), (10005, .misconfigured), (40003, .upstreamMisbehaved),
        (40030, .credentialExpired), (42002, .credentialExpired), (42007, .credentialExpired), (40002, .misconfigured),
        (41009, .upstreamMisbehaved), (43001, .upstreamMisbehaved), (43002, .upstreamMisbehaved),
        (43003, .upstreamMisbehaved), (1_234_567, .invalidCredential),
    ]

    @Test("mean what the reference says, as a number and as text, under any status", arguments: rows)
    func code(_ code: Int, _ kind: BrokerError.Kind) async throws {
        for (body, status) in [
            (#"{"errcode":\#(code),"errmsg":"canary, rid: 1-2-3"}"#, 200),
            (#"{"errcode":"\#(code)","errmsg":"canary"}"#, 200), (#"{"errcode":\#(code)}"#, 500),
        ] {
            let error = try #require(await Scenario().answering("jscode2session", body, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.upstreamCode == "\(code)")
            #expect(error.credential == .spent)
            #expect(!error.message.contains("canary"))
            let other = await Scenario.failure {
                _ = try await Scenario().answering("access_token", body, status: status).openPlatform()
            }
            #expect(other?.kind == kind)
        }
    }

    @Test(
        "mean something else at the phone number",
        arguments: [
            (40029, .invalidCredential), (40003, .invalidCredential), (40163, .credentialAlreadyUsed),
            (42003, .credentialExpired), (102, .misconfigured), (45011, .rateLimited), (48001, .misconfigured),
            (-1, .upstreamUnavailable), (40125, .misconfigured), (7, .invalidCredential),
        ] as [(Int, BrokerError.Kind)]
    )
    func phone(_ code: Int, _ kind: BrokerError.Kind) async throws {
        let scenario = Scenario().answering("getuserphonenumber", #"{"errcode":\#(code),"errmsg":"canary"}"#)
        let error = await scenario.failure(Scenario.credential(["phone_code": Scenario.phoneCode]))
        #expect(error?.kind == kind)
    }

    @Test("speak of phone_code where it was sent", arguments: [40029, 41008, 40163, 42003, 40003, -1, 7])
    func words(code: Int) async throws {
        let scenario = Scenario().answering("getuserphonenumber", #"{"errcode":\#(code)}"#)
        let error = await scenario.failure(Scenario.credential(["phone_code": Scenario.phoneCode]))
        #expect(error?.message.contains("phone_code") == true)
        let other = await Scenario().answering("jscode2session", #"{"errcode":\#(code)}"#).failure()
        #expect(other?.message.contains("phone_code") == false)
    }

    @Test("leave every status of 2xx a success, if the body is one", arguments: [200, 201, 206])
    func success(status: Int) async throws {
        let scenario = Scenario()
        let program = try await scenario.answering("jscode2session", Scenario.session, status: status).miniProgram()
        #expect(program.subject == Scenario.openid)
        let account = try await scenario.answering("userinfo", Scenario.profile, status: status).openPlatform()
        #expect(account.claims.name == "Band")
        for body in ["", "<html>", "{}"] {
            let error = await scenario.answering("jscode2session", body, status: status).failure()
            #expect(error?.kind == .upstreamMisbehaved)
        }
    }

    @Test("are each in one table")
    func unique() {
        for table in [Refusal.table, Refusal.tableOfPhone, Refusal.tableOfProfile] {
            let codes = table.flatMap(\.codes)
            #expect(Set(codes).count == codes.count)
        }
        #expect(Set(Self.rows.map { Int64($0.0) }).isSuperset(of: Refusal.table.flatMap(\.codes)))
    }

    @Test(
        "are needed less than the status if the body has none",
        arguments: [
            (500, .upstreamUnavailable), (503, .upstreamUnavailable), (429, .rateLimited), (404, .misconfigured),
            (403, .misconfigured), (418, .upstreamMisbehaved), (304, .upstreamMisbehaved),
        ] as [(Int, BrokerError.Kind)]
    )
    func status(_ status: Int, _ kind: BrokerError.Kind) async throws {
        for body in ["<html>", Scenario.session] {
            #expect(await Scenario().answering("jscode2session", body, status: status).failure()?.kind == kind)
        }
    }

    @Test("come with the time to wait")
    func retryAfter() async throws {
        var scenario = Scenario()
        var answer = Scenario.response(#"{"errcode":45011}"#)
        answer.headerFields[.retryAfter] = "30"
        scenario.script.answers["jscode2session"] = answer
        #expect(await scenario.failure()?.retryAfter == .seconds(30))
    }
}
