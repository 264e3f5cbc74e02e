import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import Testing

@testable import WeChatProvider

@Suite("The login of a mini program")
struct SessionTests {
    @Test("asks by GET, with secret and code in the query and nowhere else")
    func request() async throws {
        let desk = try Scenario().desk(WeChatMiniProgramProvider.self, .init(account: Scenario().account))
        _ = try await desk.login(Scenario.credential(code: "a+b/c=&d"))
        let request = try #require(desk.transport.requests.first)
        #expect(desk.transport.requests.count == 1)
        #expect(request.head.method == .get)
        #expect(request.head.authority == "api.weixin.qq.com")
        #expect(
            request.head.path == """
                /sns/jscode2session?appid=\(Scenario.appId)&secret=\(Scenario.secret)&js_code=a%2Bb%2Fc%3D%26d\
                &grant_type=authorization_code
                """)
        #expect(request.body.isEmpty)
    }

    /// Successes with and without a code of success, and with further members.
    @Test(
        "succeeds by positive evidence",
        arguments: [
            Scenario.session, #"{"openid":"\#(Scenario.openid)","session_key":"x","errcode":0,"errmsg":"ok"}"#,
            #"{"openid":"\#(Scenario.openid)","errcode":"0"}"#, #"{"openid":"\#(Scenario.openid)","unionid":""}"#,
            #"{"openid":"\#(Scenario.openid)","unionid":null,"errcode":null,"expires_in":7200}"#,
            "\u{FEFF}" + #"{"openid":"\#(Scenario.openid)","note":"\#u{14}"}"#,
        ]
    )
    func success(body: String) async throws {
        let identity = try await Scenario().answering("jscode2session", body).miniProgram()
        #expect(identity.subject == Scenario.openid)
        #expect(identity.issuer.rawValue == "https://api.weixin.qq.com/\(Scenario.appId)")
        #expect(identity.claims == Claims())
        #expect(identity.upstreamToken == nil)
    }

    @Test(
        "fails without it",
        arguments: [
            "{}", "[]", "", "ok", #"{"openid":""}"#, #"{"openid":null}"#, #"{"openid":7}"#, #"{"openid":" "}"#,
            #"{"openid":"ö"}"#, #"{"errcode":0,"errmsg":"ok"}"#, #"{"unionid":"\#(Scenario.unionid)"}"#,
            #"{"errcode":"busy","openid":"\#(Scenario.openid)"}"#, #"{"errcode":true,"openid":"\#(Scenario.openid)"}"#,
            #"{"openid":"\#(Scenario.openid)","unionid":7}"#,
            #"{"openid":"\#(String(repeating: "o", count: 256))"}"#,
        ]
    )
    func misbehaved(body: String) async throws {
        let error = await Scenario().answering("jscode2session", body).failure()
        #expect(error?.kind == .upstreamMisbehaved)
        #expect(error?.credential == .spent)
    }

    @Test("keeps every id, and takes the one for the subject that the setting names")
    func subjects() async throws {
        var scenario = Scenario()
        scenario.account.openPlatform = "my-platform"
        let ids = [
            AlternateIdentifier(type: "wechat_unionid", scope: "my-platform", value: Scenario.unionid),
            AlternateIdentifier(type: "wechat_openid", scope: Scenario.appId, value: Scenario.openid),
        ]
        let own = try await scenario.miniProgram()
        #expect(own.subject == Scenario.openid)
        #expect(own.alternateIdentifiers == ids)
        scenario.account.subject = .unionid
        let shared = try await scenario.miniProgram()
        #expect(shared.subject == Scenario.unionid)
        #expect(shared.issuer.rawValue == "https://api.weixin.qq.com/open-platform/my-platform")
        #expect(shared.alternateIdentifiers == ids)
    }

    @Test(
        "never takes another id for the subject, and names what to bind",
        arguments: ["", #","unionid":"""#, #","unionid":null"#])
    func noUnionid(member: String) async throws {
        var scenario = Scenario().answering("jscode2session", #"{"openid":"\#(Scenario.openid)"\#(member)}"#)
        scenario.account.openPlatform = "my-platform"
        scenario.account.subject = .unionid
        let error = try #require(await scenario.failure())
        #expect(error.kind == .misconfigured)
        #expect(error.message.contains("Open Platform"))
        // Not even one that the app sent, which is only as good as the app.
        let other = await scenario.failure(Scenario.credential(Vector.encrypted))
        #expect(other?.kind == .misconfigured)
    }

    @Test("shows the record without the session key")
    func record() async throws {
        let parts = Vector.encrypted.merging(["phone_code": Scenario.phoneCode]) { first, _ in first }
        let identity = try await Scenario().miniProgram(Scenario.credential(parts))
        let record = try #require(identity.record?.object)
        #expect(record.map(\.name).sorted() == ["openid", "phone_info", "unionid", "user_info"])
        #expect(record["phone_info"]?["purePhoneNumber"] == .string(Scenario.phone))
        #expect(record["user_info"]?["nickName"] == "Band")
        #expect(!JSONValue.object(record).json.contains(Scenario.sessionKey))
    }
}
