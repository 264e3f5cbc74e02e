import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import WeChatProvider

@Suite("The exchange of a code for user and profile")
struct CodeExchangeTests {
    @Test("asks as documented, and takes the profile")
    func login() async throws {
        let desk = try Scenario().desk(WeChatOfficialAccountProvider.self, .init(account: Scenario().account))
        let identity = try await desk.redirect()
        #expect(
            desk.transport.requests.map(\.head.path) == [
                """
                /sns/oauth2/access_token?appid=\(Scenario.appId)&secret=\(Scenario.secret)&code=\(Scenario.code)\
                &grant_type=authorization_code
                """,
                "/sns/userinfo?access_token=\(Scenario.userToken)&openid=\(Scenario.openid)&lang=zh_CN",
            ])
        #expect(identity.subject == Scenario.openid)
        #expect(identity.claims.name == "Band")
        #expect(identity.claims.gender == "male")
        #expect(identity.claims.picture == "https://thirdwx.qlogo.cn/mmopen/vi_32/a/132")
        #expect(identity.claims.address == PostalAddress(locality: "Guangzhou", country: "CN"))
        #expect(
            identity.alternateIdentifiers == [
                AlternateIdentifier(type: "wechat_unionid", value: Scenario.unionid),
                AlternateIdentifier(type: "wechat_openid", scope: Scenario.appId, value: Scenario.openid),
            ])
        #expect(identity.upstreamToken == Secret(Scenario.userToken))
        #expect(identity.record?["nickname"] == "Band")
        #expect(identity.notices.isEmpty)
    }

    @Test("asks for no profile with snsapi_base")
    func base() async throws {
        let desk = try Scenario().desk(
            WeChatOfficialAccountProvider.self, .init(account: Scenario().account, scope: .base))
        let identity = try await desk.redirect()
        #expect(desk.transport.words == ["access_token"])
        #expect(identity.claims == Claims())
        #expect(identity.notices.isEmpty)
    }

    /// What the token answer says about the page.
    @Test(
        "never signs in the made-up user of a snapshot",
        arguments: [
            ("1", false), (#""1""#, false), ("true", false), ("2", false), ("{}", false), (#""yes""#, false),
            ("0", true), (#""0""#, true), ("false", true), ("null", true),
        ]
    )
    func snapshot(_ flag: String, isLetIn: Bool) async throws {
        let member = #""is_snapshotuser":\#(flag),"#
        for (word, body) in [("access_token", Scenario.token), ("userinfo", Scenario.profile)] {
            let desk = try Scenario().answering(word, "{" + member + body.dropFirst())
                .desk(WeChatOfficialAccountProvider.self, .init(account: Scenario().account))
            let error = await Scenario.failure { _ = try await desk.redirect() }
            #expect(error?.kind == (isLetIn ? nil : .interactionRequired))
            if word == "access_token", !isLetIn { #expect(desk.transport.words == ["access_token"]) }
        }
    }

    /// Profiles that cannot be read.
    static let unreadableProfiles: [(String, Int)] = [
        (#"{"errcode":48001,"errmsg":"api unauthorized"}"#, 200), (#"{"errcode":40001}"#, 200), ("<html>", 200),
        ("", 200),
        ("{}", 200), (#"{"openid":7}"#, 200),
        (#"{"errcode":50001}"#, 200), (#"{"errcode":42001}"#, 200), (#"{"errcode":123456}"#, 200),
        (Scenario.profile, 500), (Scenario.profile, 404), (Scenario.profile, 429),
    ]

    @Test("goes on without a profile that cannot be read, with a notice", arguments: unreadableProfiles)
    func unreadable(_ body: String, _ status: Int) async throws {
        let identity = try await Scenario().answering("userinfo", body, status: status).openPlatform()
        #expect(identity.subject == Scenario.openid)
        #expect(identity.claims == Claims())
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("goes on if the profile's connection is lost")
    func lostProfile() async throws {
        for mayHaveLeft in [true, false] {
            var scenario = Scenario()
            scenario.script.failures["userinfo"] = TransportFailure(.connectionLost, mayHaveLeft: mayHaveLeft)
            let identity = try await scenario.openPlatform()
            #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
        }
    }

    @Test("waits half of its time for a profile that does not come, and no longer")
    func hangingProfile() async throws {
        let gate = Turnstile()
        let desk = try Scenario { $0.script.gates["userinfo"] = gate }.desk(
            WeChatOfficialAccountProvider.self, .init(account: Scenario().account))
        async let login = desk.redirect()
        try await gate.waitUntilHeld()
        desk.clock.advance(by: .seconds(5))
        let identity = try await login
        #expect(identity.subject == Scenario.openid)
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("loses a name in broken UTF-8, and not the profile")
    func brokenName() async throws {
        var scenario = Scenario()
        var answer = Scenario.response(Scenario.profile.replacing("Band", with: "Ba~d"))
        answer.body = answer.body.map { $0 == UInt8(ascii: "~") ? 0xFF : $0 }
        scenario.script.answers["userinfo"] = answer
        let identity = try await scenario.openPlatform()
        #expect(identity.claims.name == nil)
        #expect(identity.claims.gender == "male")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("reads raw control characters", arguments: ["\u{14}", "\u{7}", "\u{8}", "\n"])
    func controls(text: String) async throws {
        let identity = try await Scenario().answering(
            "userinfo", Scenario.profile.replacing("Band", with: "Ba\(text)nd")
        ).openPlatform()
        #expect(identity.claims.name?.replacing(" ", with: "") == "Band")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("refuses a profile of another person")
    func anotherPerson() async throws {
        for member in ["openid", "unionid"] {
            let body = Scenario.profile.replacing(
                #""\#(member)":"\#(member == "openid" ? Scenario.openid : Scenario.unionid)""#,
                with: #""\#(member)":"somebody-else""#)
            let error = await Scenario.failure {
                _ = try await Scenario().answering("userinfo", body).openPlatform()
            }
            #expect(error?.kind == .upstreamMisbehaved)
        }
    }

    @Test("takes the unionid from either answer, and needs one of them for the subject")
    func unionid() async throws {
        var scenario = Scenario()
        scenario.account.subject = .unionid
        scenario.account.openPlatform = "my-platform"
        let member = #","unionid":"\#(Scenario.unionid)""#
        let without = scenario.answering("access_token", Scenario.token.replacing(member, with: ""))
        #expect(try await without.openPlatform().subject == Scenario.unionid)
        let nowhere = without.answering("userinfo", Scenario.profile.replacing(member, with: ""))
        let error = await Scenario.failure { _ = try await nowhere.openPlatform() }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("Open Platform") == true)
        // Without a profile it is not known whether there is one.
        let unknown = await Scenario.failure {
            _ = try await without.answering("userinfo", "<html>", status: 503).openPlatform()
        }
        #expect(unknown?.kind == .upstreamUnavailable)
        let silent = await Scenario.failure { _ = try await without.openPlatform(scope: .base) }
        #expect(silent?.kind == .misconfigured)
        #expect(silent?.message.contains("snsapi_userinfo") == true)
    }

    @Test(
        "refuses an answer without user or token",
        arguments: [
            "{}", "<html>", #"{"access_token":"x"}"#, #"{"openid":"x"}"#, #"{"openid":"x","access_token":""}"#,
            #"{"openid":"x","access_token":7}"#, #"{"openid":"undefined ","access_token":"x"}"#,
        ]
    )
    func misbehaved(body: String) async throws {
        let error = await Scenario.failure {
            _ = try await Scenario().answering("access_token", body).openPlatform()
        }
        #expect(error?.kind == .upstreamMisbehaved)
    }

    /// A picture as it comes, and what becomes of it.
    @Test(
        "takes pictures by https alone, to which WeChat's own are upgraded",
        arguments: [
            ("http://thirdwx.qlogo.cn/a/0", "https://thirdwx.qlogo.cn/a/0"),
            ("HTTP://mmbiz.QPIC.cn/a", "https://mmbiz.QPIC.cn/a"),
            ("https://pictures.example/a", "https://pictures.example/a"),
            ("http://pictures.example/a", nil), ("http://qlogo.cn.evil.example/a", nil), ("http://evilqlogo.cn/a", nil),
            ("http://user@wx.qlogo.cn/a", nil), ("javascript:alert(1)", nil),
        ] as [(String, String?)]
    )
    func pictures(_ url: String, _ expected: String?) async throws {
        let body = Scenario.profile.replacing("http://thirdwx.qlogo.cn/mmopen/vi_32/a/132", with: url)
        let identity = try await Scenario().answering("userinfo", body).openPlatform()
        #expect(identity.claims.picture == expected)
        #expect(identity.notices == (expected == nil ? [.pictureRefused] : []))
    }

    @Test("takes no picture for none, and no sex for unknown")
    func absent() async throws {
        let body = Scenario.profile.replacing("http://thirdwx.qlogo.cn/mmopen/vi_32/a/132", with: "")
            .replacing(#""sex":1"#, with: #""sex":0"#)
        let identity = try await Scenario().answering("userinfo", body).openPlatform()
        #expect(identity.claims.picture == nil)
        #expect(identity.claims.gender == nil)
        #expect(identity.notices.isEmpty)
    }
}
