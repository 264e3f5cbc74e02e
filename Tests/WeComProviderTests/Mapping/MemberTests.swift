import BrokerTesting
import IdentityBroker
import Testing

@testable import WeComProvider

@Suite("A member")
struct MemberTests {
    @Test("is known by the userid in lower case, whatever its spelling, in either spelling of its name")
    func subject() async throws {
        for body in [
            #"{"errcode":0,"userid":"zhangsan"}"#, #"{"errcode":0,"UserId":"ZHANGSAN","DeviceId":"d"}"#,
            #"{"UserId":"ZhangSan","userid":"zhangSan"}"#,
        ] {
            let identity = try await Scenario().answering("getuserinfo", body).desk().redirect()
            #expect(identity.subject == "zhangsan")
            #expect(identity.issuer.rawValue == "https://qyapi.weixin.qq.com/\(Scenario.corpId)")
        }
        let identity = try await Scenario().desk().redirect()
        #expect(
            identity.alternateIdentifiers == [
                AlternateIdentifier(type: "wecom_userid", scope: Scenario.corpId, value: "ZhangSan")
            ])
    }

    @Test("of a service provider's app is known by an encrypted userid, whose case matters")
    func encrypted() async throws {
        let userid = "woAJ2GCAAAXtWyujaWJHDDGi0mACas1w"
        for (corpId, isEncrypted, member) in [
            (Scenario.corpId, true, userid), ("wpAJ2GCAAAWlkUnHM8ySHYmRQHkVAqzB", nil, userid),
            ("wpAJ2GCAAAWlkUnHM8ySHYmRQHkVAqzB", nil, "Short"), (Scenario.corpId, true, "Short"),
        ] as [(String, Bool?, String)] {
            var scenario = Scenario()
            scenario.settings.corpId = corpId
            scenario.settings.encryptedUserids = isEncrypted
            scenario.settings.readMember = false
            scenario = scenario.answering("getuserinfo", #"{"errcode":0,"userid":"\#(member)"}"#)
            #expect(try await scenario.desk().redirect().subject == member)
        }
    }

    @Test(
        "is no one without a userid of this company, whatever other ids there are",
        arguments: [
            #"{"errcode":0,"openid":"oAAAAAAA"}"#, #"{"errcode":0,"OpenId":"oAAAAAAA","DeviceId":"d"}"#,
            #"{"errcode":0,"userid":"","openid":"oAAAAAAA"}"#, #"{"errcode":0,"userid":null,"openid":"oAAAAAAA"}"#,
            #"{"errcode":0,"openid":"oAAAAAAA","external_userid":"wmAAAAAA"}"#,
            #"{"errcode":0,"external_userid":"wmAAAAAA"}"#, #"{"errcode":0,"parent_userid":"p"}"#,
            #"{"errcode":0,"userid":"wwffffffffffffffff/zhang"}"#, #"{"errcode":0,"UserId":"Other/zhang"}"#,
        ])
    func others(body: String) async throws {
        let desk = try Scenario().answering("getuserinfo", body).desk()
        let error = await Scenario.failure { _ = try await desk.redirect() }
        #expect(error?.kind == .accessDenied)
        #expect(error?.credential == .spent)
        #expect(desk.transport.words == ["gettoken", "getuserinfo"])
    }

    @Test(
        "is not taken from an answer in which the userid is no id, or two differ",
        arguments: [
            #"{"errcode":0,"userid":7}"#, #"{"errcode":0,"userid":["a"]}"#, #"{"errcode":0,"userid":"a b"}"#,
            #"{"errcode":0,"userid":"张三"}"#, #"{"errcode":0,"userid":7,"openid":"o"}"#,
            #"{"errcode":0,"userid":"zhangsan","UserId":"lisi"}"#, #"{"errcode":0,"userid":"a","userid":"b"}"#,
            #"{"errcode":0}"#,
        ])
    func misbehaved(body: String) async {
        #expect(await Scenario().answering("getuserinfo", body).failure()?.kind == .upstreamMisbehaved)
    }

    @Test("of a mini program is one of this company")
    func corporation() async throws {
        func failure(_ corpid: String, _ corpId: String = Scenario.corpId) async -> BrokerError.Kind? {
            var scenario = Scenario().answering(
                "jscode2session", Scenario.session.replacing(#""\#(Scenario.corpId)""#, with: corpid))
            scenario.settings.corpId = corpId
            return await scenario.miniProgramFailure()?.kind
        }
        #expect(await failure(#""ww1a2b3c4d5e6f7a8b""#) == nil)
        #expect(await failure(#""WW1A2B3C4D5E6F7A8B""#) == nil)
        #expect(await failure(#""ww00000000000000ff""#) == .accessDenied)
        for nothing in ["null", #""""#, "7", #""a b""#] { #expect(await failure(nothing) == .upstreamMisbehaved) }
        // The case of an encrypted one matters.
        #expect(await failure(#""wpABcd""#, "wpABcd") == nil)
        #expect(await failure(#""wpabcd""#, "wpABcd") == .accessDenied)
        // Without the company, a member of any could sign in.
        let body = #"{"userid":"zhangsan","session_key":"x","errcode":0}"#
        #expect(await Scenario().answering("jscode2session", body).miniProgramFailure()?.kind == .upstreamMisbehaved)
    }

    @Test("brings along every other id that WeCom gives")
    func alternates() async throws {
        let body = Scenario.session.replacing("{", with: #"{"open_userid":"woTD_bDwAA","#)
        let identity = try await Scenario().answering("jscode2session", body).desk().miniProgram()
        #expect(identity.subject == "zhangsan")
        #expect(
            identity.alternateIdentifiers.map { "\($0.type) \($0.scope ?? "") \($0.value)" } == [
                "wecom_userid \(Scenario.corpId) ZhangSan",
                "wecom_open_userid https://qyapi.weixin.qq.com woTD_bDwAA",
            ])
    }
}
