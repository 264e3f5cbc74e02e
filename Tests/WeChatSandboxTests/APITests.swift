import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeChatSandbox

@Suite("The sandbox's API")
struct APITests {
    @Test("exchanges a code once, within five minutes, for the ids and the session key")
    func session() throws {
        var bench = try SandboxBench()
        let login = try bench.state.logIn(SandboxBench.ada, at: SandboxBench.now)
        let query = bench.redemption("js_code", login.code)
        let answer = try bench.ask("/sns/jscode2session", query)
        let openid = try #require(answer["openid"] as? String)
        #expect(openid.utf8.count == 28 && openid.hasPrefix("o"))
        #expect(answer["unionid"] as? String == SandboxBench.ada.unionid)
        #expect(Data(base64Encoded: answer["session_key"] as? String ?? "")?.count == 16)
        #expect(answer["errcode"] == nil)
        let again = try bench.ask("/sns/jscode2session", query)
        // As text, and with what it was asked.
        #expect(again["errcode"] as? String == "40163")
        #expect((again["errmsg"] as? String)?.contains(login.code) == true)
        let late = try bench.state.logIn(SandboxBench.ada, at: SandboxBench.now)
        let expired = try bench.ask("/sns/jscode2session", bench.redemption("js_code", late.code), after: 300)
        #expect(expired["errcode"] as? String == "40029")
    }

    @Test(
        "refuses another app, secret, grant or kind of code",
        arguments: [
            (["appid": "wx0"], "40013"), (["secret": "wrong"], "40125"), (["grant_type": "password"], "40002"),
            (["js_code": "unknown"], "40029"),
        ])
    func refusals(_ change: [String: String], _ code: String) throws {
        var bench = try SandboxBench()
        let login = try bench.state.logIn(SandboxBench.ada, at: SandboxBench.now)
        let query = bench.redemption("js_code", login.code).merging(change) { _, new in new }
        #expect(try bench.ask("/sns/jscode2session", query)["errcode"] as? String == code)
        // The phone's code is no code of a login.
        let other = bench.redemption("js_code", login.parts["phone_code"] ?? "")
        #expect(try bench.ask("/sns/jscode2session", other)["errcode"] as? String == "40029")
    }

    @Test("gives the same app token until its last five minutes, when both are good")
    func stableToken() throws {
        var bench = try SandboxBench()
        let first = try bench.appToken()
        #expect(first["expires_in"] as? Int == 7200)
        let later = try bench.appToken(after: 6899)
        #expect(later["access_token"] as? String == first["access_token"] as? String)
        #expect(later["expires_in"] as? Int == 301)
        let next = try bench.appToken(after: 6901)
        #expect(next["access_token"] as? String != first["access_token"] as? String)
        for token in [first, next] {
            let query = ["access_token": token["access_token"] as? String ?? ""]
            let answer = try bench.ask(
                "/wxa/business/getuserphonenumber", query, method: "POST", body: #"{"code":"x"}"#, after: 7000)
            #expect(answer["errcode"] as? Int == 40029)
        }
    }

    @Test("gives the phone number for the phone's code, to its own user alone")
    func phone() throws {
        var bench = try SandboxBench()
        let login = try bench.state.logIn(SandboxBench.ada, at: SandboxBench.now)
        let token = try bench.appToken()["access_token"] as? String ?? ""
        func body(_ openid: String) -> String {
            #"{"code":"\#(login.parts["phone_code"] ?? "")","openid":"\#(openid)"}"#
        }
        let path = "/wxa/business/getuserphonenumber"
        let openid = SandboxBench.ada.openid(at: bench.state.app.appId)
        let refused = try bench.ask(path, ["access_token": "old"], method: "POST", body: body(openid))
        #expect(refused["errcode"] as? Int == 40001)
        let query = ["access_token": token]
        #expect(try bench.ask(path, query, method: "POST", body: body("another"))["errcode"] as? Int == 40003)
        let answer = try bench.ask(path, query, method: "POST", body: body(openid))
        let info = try #require(answer["phone_info"] as? [String: Any])
        #expect(info["purePhoneNumber"] as? String == "13800138000")
        #expect(info["countryCode"] as? Int == 86)
        #expect(try bench.ask(path, query, method: "POST", body: body(openid))["errcode"] as? Int == 40163)
    }

    @Test(
        "takes the documented method alone",
        arguments: [
            ("/sns/jscode2session", "POST", "43001"), ("/sns/oauth2/access_token", "POST", "43001"),
            ("/sns/userinfo", "POST", "43001"), ("/cgi-bin/stable_token", "GET", "43002"),
            ("/wxa/business/getuserphonenumber", "GET", "43002"),
        ])
    func methods(_ path: String, _ method: String, _ code: String) throws {
        var bench = try SandboxBench()
        let answer = try bench.ask(path, ["access_token": "x"], method: method, body: "{}")
        #expect(try #require(answer["errcode"].map { "\($0)" }) == code)
    }

    @Test("gives a profile to a token with its scope, and to its own user")
    func profile() throws {
        var bench = try SandboxBench("wechat-official-account")
        for (scope, code) in [("snsapi_userinfo", nil), ("snsapi_base", 48001)] as [(String, Int?)] {
            let issued = bench.state.issueCode(
                .authorization(scope: scope), to: SandboxBench.ada, at: SandboxBench.now)
            let token = try bench.ask("/sns/oauth2/access_token", bench.redemption("code", issued))
            #expect(token["token_type"] == nil)
            #expect(token["scope"] as? String == scope)
            var query = [
                "access_token": token["access_token"] as? String ?? "", "openid": token["openid"] as? String ?? "",
            ]
            let profile = try bench.ask("/sns/userinfo", query)
            #expect(profile["errcode"] as? Int == code)
            #expect(profile["nickname"] as? String == (code == nil ? "Ada Lovelace" : nil))
            query["openid"] = "another"
            #expect(try bench.ask("/sns/userinfo", query)["errcode"] as? Int == 40003)
        }
    }

    @Test("cuts a name off inside a character, and leaves out a unionid, for those of whom that is known")
    func particulars() throws {
        var bench = try SandboxBench("wechat-app")
        for (name, isUTF8, hasUnionid) in [("ada", true, true), ("garbled", false, true), ("unbound", true, false)] {
            let person = try bench.state.app.person(named: name)
            let login = try bench.state.logIn(person, at: SandboxBench.now)
            let token = try bench.ask("/sns/oauth2/access_token", bench.redemption("code", login.code))
            #expect((token["unionid"] != nil) == hasUnionid)
            #expect(token["is_snapshotuser"] == nil)
            let query = [
                "access_token": token["access_token"] as? String ?? "", "openid": token["openid"] as? String ?? "",
            ]
            let body = try bench.body("/sns/userinfo", query)
            #expect((String(validating: body, as: UTF8.self) != nil) == isUTF8)
            #expect(String(decoding: body, as: UTF8.self).contains("unionid") == hasUnionid)
        }
    }

    @Test("marks the token of a snapshot, and gives no profile for it")
    func snapshot() throws {
        var bench = try SandboxBench("wechat-official-account")
        let person = try bench.state.app.person(named: "snapshot")
        let code = bench.state.issueCode(
            .authorization(scope: "snsapi_userinfo"), to: person, at: SandboxBench.now)
        let token = try bench.ask("/sns/oauth2/access_token", bench.redemption("code", code))
        #expect(token["is_snapshotuser"] as? Int == 1)
        let query = [
            "access_token": token["access_token"] as? String ?? "", "openid": token["openid"] as? String ?? "",
        ]
        #expect(try bench.ask("/sns/userinfo", query)["errcode"] as? Int == 48001)
    }
}
