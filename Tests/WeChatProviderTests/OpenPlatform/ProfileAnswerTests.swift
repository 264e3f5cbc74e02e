import BrokerTesting
import IdentityBroker
import Testing

@testable import WeChatProvider

@Suite("The answer to the question for a profile")
struct ProfileAnswerTests {
    @Test(
        "ends the login where WeChat refuses the person and not the profile",
        arguments: [
            ("50002", .accessDenied), ("40226", .accessDenied), ("42007", .credentialExpired),
            ("\"50002\"", .accessDenied),
        ] as [(String, BrokerError.Kind)]
    )
    func refusedPerson(_ code: String, _ kind: BrokerError.Kind) async throws {
        for status in [200, 403] {
            let scenario = Scenario().answering("userinfo", #"{"errcode":\#(code),"errmsg":"x"}"#, status: status)
            let error = await Scenario.failure { _ = try await scenario.openPlatform() }
            #expect(error?.kind == kind)
            #expect(error?.credential == .spent)
        }
    }

    @Test(
        "says whose token it was that WeChat refuses, and what it may not ask for",
        arguments: [
            (40001, .upstreamMisbehaved, "user's access token"), (40014, .upstreamMisbehaved, "user's access token"),
            (42001, .upstreamMisbehaved, "user's access token"), (48001, .misconfigured, "interface"),
        ] as [(Int, BrokerError.Kind, String)])
    func refusedToken(_ code: Int, _ kind: BrokerError.Kind, _ words: String) async throws {
        // The subject can only be in the profile, so that the failure is the login's.
        var scenario = Scenario().answering("userinfo", #"{"errcode":\#(code)}"#)
        scenario = scenario.answering(
            "access_token", Scenario.token.replacing(#","unionid":"\#(Scenario.unionid)""#, with: ""))
        (scenario.account.subject, scenario.account.openPlatform) = (.unionid, "my-platform")
        let error = await Scenario.failure { _ = try await scenario.openPlatform() }
        #expect(error?.kind == kind)
        #expect(error?.upstreamCode == "\(code)")
        #expect(error?.message.contains(words) == true)
    }

    @Test(
        "loses a name that was cut inside an emoji, and not the profile",
        arguments: [
            #"Ba\ud83d"#, #"\uDE00"#, #"\ud83d\ud83d\ude00"#, #"\\\ud83dx"#, #"\ud83d\n"#,
        ])
    func loneSurrogate(name: String) async throws {
        let identity = try await Scenario().answering(
            "userinfo", Scenario.profile.replacing("Band", with: name)
        ).openPlatform()
        #expect(identity.claims.name == nil)
        #expect(identity.claims.gender == "male")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("keeps an escaped emoji, and an escaped backslash before a u")
    func surrogatePair() async throws {
        for (name, expected) in [(#"\ud83d\ude00"#, "😀"), (#"a\\ud83d"#, #"a\ud83d"#)] {
            let body = Scenario.profile.replacing("Band", with: name)
            #expect(try await Scenario().answering("userinfo", body).openPlatform().claims.nickname == expected)
        }
    }
}
