import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import WeComSandbox

@Suite("The sandbox's API")
struct APITests {
    @Test("gives everyone the same app token until it expires, and tells an expired one from one that it voided")
    func appToken() throws {
        var bench = SandboxBench()
        let first = try #require(bench.appToken()["access_token"] as? String)
        let later = try bench.appToken(after: 7199)
        #expect(later["access_token"] as? String == first)
        #expect(later["expires_in"] as? Int == 1)
        let next = try #require(bench.appToken(after: 7200)["access_token"] as? String)
        #expect(next != first)
        #expect(try bench.userInfo(of: SandboxBench.ada, token: first, after: 7200)["errcode"] as? Int == 42001)
        let request = ReceivedRequest(method: "POST", target: "/sandbox/evict")
        _ = try bench.state.answer(request, at: SandboxBench.now)
        #expect(try bench.userInfo(of: SandboxBench.ada, token: next)["errcode"] as? Int == 40014)
        #expect(try bench.appToken(after: 7201)["access_token"] as? String != next)
    }

    @Test(
        "gives no app token to another company or secret",
        arguments: [
            (["corpid": "ww0"], 40013), (["corpsecret": "wrong"], 40001),
            (["corpid": Company.corpId.uppercased()], 0),
        ] as [([String: String], Int)])
    func secrets(_ change: [String: String], _ code: Int) throws {
        var bench = SandboxBench()
        #expect(try bench.appToken(change)["errcode"] as? Int == code)
    }

    @Test("exchanges a page's code once, within five minutes")
    func codes() throws {
        var bench = SandboxBench()
        let token = try #require(bench.appToken()["access_token"] as? String)
        let code = bench.state.issueCode(.page(scope: "snsapi_base"), to: SandboxBench.ada, at: SandboxBench.now)
        let query = ["access_token": token, "code": code]
        let answer = try bench.ask("/cgi-bin/auth/getuserinfo", query)
        #expect(answer["errcode"] as? Int == 0)
        #expect(answer["userid"] as? String == "AdaLovelace")
        #expect(answer["user_ticket"] == nil)
        let again = try bench.ask("/cgi-bin/auth/getuserinfo", query)
        #expect(again["errcode"] as? Int == 40029)
        #expect((again["errmsg"] as? String)?.contains("from ip: 127.0.0.1") == true)
        #expect(try bench.userInfo(of: SandboxBench.ada, token: token, after: 300)["errcode"] as? Int == 40029)
        // A mini program's code is not one of a page.
        let other = bench.state.issueCode(.miniProgram, to: SandboxBench.ada, at: SandboxBench.now)
        let swapped = try bench.ask("/cgi-bin/auth/getuserinfo", ["access_token": token, "code": other])
        #expect(swapped["errcode"] as? Int == 40029)
    }

    @Test("answers for someone who is no member without an error, and without a userid")
    func outsider() throws {
        var bench = SandboxBench()
        let answer = try bench.userInfo(of: SandboxBench.alan, scope: "snsapi_privateinfo")
        #expect(answer["errcode"] as? Int == 0)
        #expect(answer["userid"] == nil && answer["user_ticket"] == nil)
        #expect((answer["openid"] as? String)?.hasPrefix("o") == true)
    }

    @Test("gives details for the ticket of a member who agreed, for half an hour")
    func details() throws {
        var bench = SandboxBench()
        let token = try #require(bench.appToken()["access_token"] as? String)
        let answer = try bench.userInfo(of: SandboxBench.ada, scope: "snsapi_privateinfo")
        let ticket = try #require(answer["user_ticket"] as? String)
        func details(_ ticket: String, after seconds: TimeInterval = 0) throws -> [String: Any] {
            try bench.ask(
                "/cgi-bin/auth/getuserdetail", ["access_token": token], method: "POST",
                body: #"{"user_ticket":"\#(ticket)"}"#, after: seconds)
        }
        #expect(try details(ticket)["mobile"] as? String == "+12025550101")
        #expect(try details("x")["errcode"] as? Int == 84015)
        #expect(try details(ticket, after: 1800)["errcode"] as? Int == 84014)
    }

    @Test("tells a mini program's users by their company")
    func session() throws {
        var bench = SandboxBench()
        let token = try #require(bench.appToken()["access_token"] as? String)
        for person in [SandboxBench.ada, SandboxBench.alan] {
            let code = bench.state.issueCode(.miniProgram, to: person, at: SandboxBench.now)
            let query = ["access_token": token, "js_code": code, "grant_type": "authorization_code"]
            let answer = try bench.ask("/cgi-bin/miniprogram/jscode2session", query)
            #expect((answer["corpid"] as? String == Company.corpId) == person.isMember)
            #expect((answer["userid"] as? String)?.hasPrefix("wo") == !person.isMember)
            #expect(Data(base64Encoded: answer["session_key"] as? String ?? "")?.count == 16)
        }
    }

    @Test("has members in its directory, whatever the case of their userid, and no one else")
    func directory() throws {
        var bench = SandboxBench()
        let token = try #require(bench.appToken()["access_token"] as? String)
        func member(_ userid: String) throws -> [String: Any] {
            try bench.ask("/cgi-bin/user/get", ["access_token": token, "userid": userid])
        }
        #expect(try member("adalovelace")["name"] as? String == "Ada Lovelace")
        #expect(try member("AlanTuring")["errcode"] as? Int == 60111)
    }

    @Test(
        "takes the documented method alone, with a token",
        arguments: [
            ("/cgi-bin/gettoken", "POST", 43001), ("/cgi-bin/auth/getuserinfo", "POST", 43001),
            ("/cgi-bin/user/get", "POST", 43001), ("/cgi-bin/auth/getuserdetail", "GET", 43002),
            ("/cgi-bin/auth/getuserinfo", "GET", 41001), ("/cgi-bin/user/get", "GET", 41001),
            ("/cgi-bin/miniprogram/jscode2session", "GET", 41001), ("/cgi-bin/auth/getuserdetail", "POST", 41001),
        ])
    func methods(_ path: String, _ method: String, _ code: Int) throws {
        var bench = SandboxBench()
        #expect(try bench.ask(path, [:], method: method, body: "{}")["errcode"] as? Int == code)
    }
}
