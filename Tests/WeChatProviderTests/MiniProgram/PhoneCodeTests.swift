import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@testable import WeChatProvider

@Suite("A phone code")
struct PhoneCodeTests {
    private let credential = Scenario.credential(["phone_code": Scenario.phoneCode])

    private func desk(_ scenario: Scenario) throws -> LoginDesk {
        try scenario.desk(WeChatMiniProgramProvider.self, .init(account: scenario.account))
    }

    @Test("becomes a verified number, asked for with the openid, so that WeChat refuses another user's code")
    func number() async throws {
        let desk = try desk(Scenario())
        let identity = try await desk.login(credential)
        #expect(identity.claims.phoneNumber == PhoneNumber("+8613800138000").map { .verified(Verified($0)) })
        #expect(desk.transport.words == ["stable_token", "jscode2session", "getuserphonenumber"])
        let request = try #require(desk.transport.requests.last)
        #expect(request.head.path == "/wxa/business/getuserphonenumber?access_token=\(Scenario.appToken)")
        #expect(request.json == ["code": .string(Scenario.phoneCode), "openid": .string(Scenario.openid)])
    }

    @Test("takes a token in WeChat's ordinary mode, which is never forced")
    func stableToken() async throws {
        let desk = try desk(Scenario())
        _ = try await desk.login(credential)
        let request = try #require(desk.transport.requests(to: "stable_token").first)
        #expect(request.head.method == .post)
        #expect(request.head.path == "/cgi-bin/stable_token")
        #expect(
            request.json == [
                "grant_type": "client_credential", "appid": .string(Scenario.appId), "secret": .string(Scenario.secret),
            ])
    }

    @Test(
        "takes a token that is not fetched for each login if its lifetime is missing, or cannot be read",
        arguments: ["", #","expires_in":null"#, #","expires_in":"soon""#, #","expires_in":"7200""#])
    func lifetimes(member: String) async throws {
        let body = #"{"access_token":"\#(Scenario.appToken)"\#(member)}"#
        let desk = try desk(Scenario().answering("stable_token", body))
        for number in 1...3 {
            _ = try await desk.login(
                Scenario.credential(["phone_code": "phone-\(number)"], code: "code-\(number)"))
        }
        #expect(desk.transport.requests(to: "stable_token").count == 1)
    }

    @Test("is not sent, nor the login's code, if the app gets no token")
    func noToken() async throws {
        for body in [#"{"errcode":40125,"errmsg":"invalid appsecret"}"#, #"{"errcode":"40001"}"#] {
            let desk = try desk(Scenario().answering("stable_token", body))
            let error = await Scenario.failure { _ = try await desk.login(credential) }
            #expect(error?.kind == .misconfigured)
            #expect(error?.credential == .unused)
            #expect(desk.transport.words == ["stable_token"])
        }
        for (body, kind) in [
            ("{}", .upstreamMisbehaved), (#"{"access_token":""}"#, .upstreamMisbehaved),
            ("<html>", .upstreamMisbehaved),
            (#"{"errcode":-1}"#, .upstreamUnavailable), (#"{"errcode":45009}"#, .rateLimited),
            (#"{"errcode":123456}"#, .upstreamMisbehaved),
        ] as [(String, BrokerError.Kind)] {
            let error = await Scenario().answering("stable_token", body).failure(credential)
            #expect(error?.kind == kind, "\(body)")
        }
    }

    @Test(
        "is sent once more, and the login's code is not, if the token was refused and another one is issued",
        arguments: ["40001", "40014", "42001", "\"40001\""])
    func resent(code: String) async throws {
        var scenario = Scenario()
        scenario.script.appTokens.issued = ["canary-old-token", Scenario.appToken]
        scenario.script.appTokens.refused = ["canary-old-token"]
        scenario.script.appTokens.refusal = Scenario.response(
            #"{"errcode":\#(code),"errmsg":"access_token expired rid: 1"}"#)
        let desk = try desk(scenario)
        let identity = try await desk.login(credential)
        #expect(identity.claims.phoneNumber != nil)
        #expect(
            desk.transport.words == [
                "stable_token", "jscode2session", "getuserphonenumber", "stable_token", "getuserphonenumber",
            ])
        #expect(desk.store.auditEvents.map(\.notices) == [["app_token_renewed"]])
    }

    @Test("is refused before any code leaves if it is the login's", arguments: [Scenario.code, "\(Scenario.code)x"])
    func loginCode(text: String) async throws {
        let desk = try desk(Scenario())
        let error = await Scenario.failure {
            _ = try await desk.login(Scenario.credential(["phone_code": text]))
        }
        #expect(error?.kind == .invalidCredential)
        #expect(error?.credential == .unused)
        #expect(error?.message.contains("phone_code") == true)
        #expect(desk.transport.requests.isEmpty)
        // So the code is still good.
        #expect(try await desk.login(Scenario.credential()).subject == Scenario.openid)
    }

    @Test("of two brokers takes the one token that WeChat gives both, and neither renews it")
    func replicas() async throws {
        let scenario = Scenario()
        let first = try desk(scenario)
        let second = try scenario.desk(
            WeChatMiniProgramProvider.self, .init(account: scenario.account), at: first.transport)
        for round in 1...3 {
            for (name, desk) in [("a", first), ("b", second)] {
                let parts = ["phone_code": "phone-\(name)\(round)"]
                _ = try await desk.login(Scenario.credential(parts, code: "login-\(name)\(round)"))
            }
        }
        let requests = first.transport.requests(to: "stable_token")
        #expect(requests.count == 2)
        #expect(requests.allSatisfy { $0.json?["force_refresh"] == nil })
        #expect((first.store.auditEvents + second.store.auditEvents).map(\.notices) == Array(repeating: [], count: 6))
    }

    @Test("is not sent again with the same token")
    func sameToken() async throws {
        var scenario = Scenario()
        scenario.script.appTokens.refused = [Scenario.appToken]
        let desk = try desk(scenario)
        let error = await Scenario.failure { _ = try await desk.login(credential) }
        #expect(error?.kind == .upstreamUnavailable)
        #expect(error?.credential == .spent)
        #expect(desk.transport.requests(to: "getuserphonenumber").count == 1)
        #expect(desk.store.auditEvents.map(\.notices) == [[]])
    }

    @Test("is not sent a third time")
    func refusedAgain() async throws {
        var scenario = Scenario()
        scenario.script.appTokens.issued = (1...9).map { "canary-token-\($0)" }
        scenario.script.appTokens.refused = ["canary-token-"]
        let desk = try desk(scenario)
        let error = await Scenario.failure { _ = try await desk.login(credential) }
        #expect(error?.kind == .misconfigured)
        #expect(desk.transport.requests(to: "getuserphonenumber").count == 2)
        #expect(desk.transport.requests(to: "jscode2session").count == 1)
        #expect(desk.store.auditEvents.map(\.notices) == [["app_token_renewed"]])
    }

    @Test(
        "is not sent again for any other refusal, and its code is WeChat's",
        arguments: [40029, 40163, -1, 45009, 40003, 99])
    func otherRefusals(code: Int) async throws {
        let desk = try desk(Scenario().answering("getuserphonenumber", #"{"errcode":\#(code),"errmsg":"x"}"#))
        let error = await Scenario.failure { _ = try await desk.login(credential) }
        #expect(error?.upstreamCode == "\(code)")
        #expect(desk.transport.requests(to: "getuserphonenumber").count == 1)
    }

    /// Answers of WeChat that cannot be right.
    @Test(
        "is not believed of another app, nor in contradiction",
        arguments: [
            Scenario.phone(appId: "wx0000000000000000"), Scenario.phone(pure: "13900139000"), "{}", #"{"errcode":0}"#,
            Scenario.phone(country: "null"), #"{"phone_info":[]}"#, #"{"phone_info":{}}"#, "<html>",
            #"{"phone_info":{"phoneNumber":"13800138000","purePhoneNumber":"13800138000","countryCode":"86"}}"#,
        ]
    )
    func misbehaved(body: String) async throws {
        let error = await Scenario().answering("getuserphonenumber", body).failure(credential)
        #expect(error?.kind == .upstreamMisbehaved)
    }

    @Test("has to agree with an encrypted number")
    func twoNumbers() async throws {
        for (number, kind) in [(Scenario.phone, nil), ("13900139000", .invalidCredential)]
            as [(String, BrokerError.Kind?)]
        {
            var parts = try Scenario.encrypted(AppDataTests.phone(number, pure: number))
            parts["phone_code"] = Scenario.phoneCode
            #expect(await Scenario().failure(Scenario.credential(parts))?.kind == kind)
        }
    }

    @Test("of a thousand logins takes one token")
    func oneToken() async throws {
        let desk = try desk(Scenario { $0.limits.concurrency = 1000 })
        try await withThrowingTaskGroup { group in
            for number in 1...1000 {
                group.addTask {
                    _ = try await desk.login(
                        Scenario.credential(["phone_code": "phone-\(number)"], code: "login-\(number)"))
                }
            }
            try await group.waitForAll()
        }
        #expect(desk.transport.requests(to: "stable_token").count == 1)
        #expect(desk.transport.requests(to: "getuserphonenumber").count == 1000)
    }

    @Test("needs a token only where there is one")
    func withoutPhone() async throws {
        let desk = try desk(Scenario())
        _ = try await desk.login(Scenario.credential())
        #expect(desk.transport.words == ["jscode2session"])
    }
}
