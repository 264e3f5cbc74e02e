import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@testable import FeishuProvider

@Suite("The app's access token")
struct AppTokenTests {
    @Test("is needed for the codes of tt.login alone, beside which it is sent")
    func requests() async throws {
        let desk = try Scenario().withLoginCodes.desk()
        #expect(try await desk.app().subject == Scenario.unionID)
        let requests = desk.transport.requests
        #expect(desk.transport.words == ["internal", "tokenLoginValidate", "user_info"])
        #expect(requests[0].head.path == "/open-apis/auth/v3/app_access_token/internal")
        #expect(requests[0].json == ["app_id": .string(Scenario.appId), "app_secret": .string(Scenario.secret)])
        #expect(requests[1].head.path == "/open-apis/mina/v2/tokenLoginValidate")
        #expect(requests[1].head.headerFields[.authorization] == "Bearer \(Scenario.appToken)")
        #expect(requests[1].json == ["code": .string(Scenario.code)])
        // A code from a redirect needs none, whatever apps do.
        let page = try Scenario().withLoginCodes.desk()
        _ = try await page.redirect()
        #expect(page.transport.words == ["token", "user_info"])
    }

    @Test("is fetched once for a thousand logins of a cold instance")
    func oneToken() async throws {
        let desk = try Scenario { $0.limits.concurrency = 1000 }.withLoginCodes.desk()
        try await withThrowingTaskGroup { group in
            for number in 1...1000 {
                group.addTask { _ = try await desk.app("code-\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(desk.transport.requests(to: "internal").count == 1)
        #expect(desk.transport.requests(to: "tokenLoginValidate").count == 1000)
    }

    @Test(
        "is fetched again when it is refused, and the code sent once more",
        arguments: [99_991_663, 99_991_664, 99_991_668, 99_991_671, 99_991_677], [200, 400, 401])
    func resent(code: Int, status: Int) async throws {
        var scenario = Scenario().withLoginCodes
        scenario.script.appTokens.issued = ["canary-old-token", Scenario.appToken]
        scenario.script.appTokens.refused = ["canary-old-token"]
        scenario.script.appTokens.refusal = Scenario.response(#"{"code":\#(code),"msg":"x"}"#, status: status)
        let desk = try scenario.desk()
        #expect(try await desk.app().subject == Scenario.unionID)
        #expect(
            desk.transport.words == [
                "internal", "tokenLoginValidate", "internal", "tokenLoginValidate", "user_info",
            ])
        #expect(desk.store.auditEvents.map(\.notices) == [["app_token_renewed"]])
    }

    @Test("is not sent a third time")
    func refusedAgain() async throws {
        var scenario = Scenario().withLoginCodes
        scenario.script.appTokens.issued = (1...9).map { "canary-token-\($0)" }
        scenario.script.appTokens.refused = ["canary-token-"]
        let desk = try scenario.desk()
        let error = await Scenario.failure { _ = try await desk.app() }
        #expect(error?.kind == .misconfigured)
        #expect(desk.transport.requests(to: "tokenLoginValidate").count == 2)
        #expect(desk.transport.requests(to: "internal").count == 2)
    }

    @Test("is not sent again if Feishu gives the same one, or refuses for another reason")
    func sameToken() async throws {
        let same = try Scenario { $0.script.appTokens.refused = [Scenario.appToken] }.withLoginCodes.desk()
        #expect(await Scenario.failure { _ = try await same.app() }?.kind == .upstreamUnavailable)
        let other = try Scenario().withLoginCodes.answering("tokenLoginValidate", #"{"code":20003}"#).desk()
        #expect(await Scenario.failure { _ = try await other.app() }?.kind == .invalidCredential)
        for desk in [same, other] { #expect(desk.transport.requests(to: "tokenLoginValidate").count == 1) }
    }

    @Test("is fetched once by each of two brokers, and by neither again while it lasts")
    func replicas() async throws {
        let scenario = Scenario().withLoginCodes
        let first = try scenario.desk()
        let second = try scenario.desk(at: first.transport)
        for round in 1...3 {
            for (name, desk) in [("a", first), ("b", second)] {
                _ = try await desk.app("code-\(name)\(round)")
                desk.clock.advance(by: .seconds(7140 / 4))
            }
        }
        #expect(first.transport.requests(to: "internal").count == 2)
        #expect((first.store.auditEvents + second.store.auditEvents).allSatisfy { $0.notices.isEmpty })
        first.clock.advance(by: .seconds(7140 / 4))
        _ = try await first.app("code-later")
        #expect(first.transport.requests(to: "internal").count == 3)
    }

    @Test("never makes a code leave twice that leaves with the secret", arguments: [99_991_663, 99_991_664, 20005])
    func secretBesideCode(code: Int) async throws {
        let desk = try Scenario().answering("token", #"{"code":\#(code),"msg":"x"}"#).desk()
        _ = await Scenario.failure { _ = try await desk.redirect() }
        #expect(desk.transport.words == ["token"])
    }

    @Test(
        "is not fetched for each login if its lifetime is missing, or cannot be read",
        arguments: ["", #","expire":null"#, #","expire":"soon""#, #","expire":"7140""#])
    func lifetimes(member: String) async throws {
        let body = #"{"code":0,"app_access_token":"\#(Scenario.appToken)"\#(member)}"#
        let desk = try Scenario().withLoginCodes.answering("internal", body).desk()
        for number in 1...3 { _ = try await desk.app("code-\(number)") }
        #expect(desk.transport.requests(to: "internal").count == 1)
    }

    @Test("has to be one", arguments: ["{}", #"{"code":0,"app_access_token":""}"#, "<html>"])
    func none(body: String) async {
        let error = await Scenario().withLoginCodes.answering("internal", body).appFailure()
        #expect(error?.kind == .upstreamMisbehaved)
        #expect(error?.credential == .unused)
    }
}
