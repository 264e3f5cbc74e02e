import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import FeishuSandbox

@Suite("The sandbox's API")
struct APITests {
    /// RFC 7636 appendix B.
    private let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test("exchanges a code once, within five minutes, and gives the profile to its token")
    func exchange() throws {
        var bench = SandboxBench()
        let code = bench.pageCode()
        let answer = try bench.redeem(code)
        #expect(answer.status == 200 && answer.members["code"] as? Int == 0)
        let token = try #require(answer.members["access_token"] as? String)
        let profile = try bench.ask("GET", "/open-apis/authen/v1/user_info", bearer: token)
        let data = try #require(profile.members["data"] as? [String: Any])
        #expect(data["name"] as? String == "Ada Lovelace")
        #expect((data["union_id"] as? String)?.hasPrefix("on_") == true)
        #expect(data["tenant_key"] as? String == Tenancy.tenantKey)
        let again = try bench.redeem(code)
        #expect(again.status == 400 && again.members["code"] as? Int == 20065)
        #expect(again.members["error"] as? String == "invalid_grant")
        let late = try bench.redeem(bench.pageCode(), after: 300)
        #expect(late.members["code"] as? Int == 20004)
        let wrong = try bench.ask("GET", "/open-apis/authen/v1/user_info", bearer: "u-x")
        #expect(wrong.status == 200 && wrong.members["code"] as? Int == 20005)
    }

    @Test(
        "refuses another app, secret, grant, code or redirect URI",
        arguments: [
            (["client_id": "cli_0"], 20048), (["client_secret": "wrong"], 20002), (["grant_type": "password"], 20036),
            (["code": "unknown"], 20003), (["code": nil], 20001), (["redirect_uri": nil], 20071),
            (["redirect_uri": "https://app.example/other"], 20071), (["code_verifier": "without-a-challenge"], 20049),
        ] as [([String: String?], Int)])
    func refusals(_ change: [String: String?], _ code: Int) throws {
        var bench = SandboxBench()
        let answer = try bench.redeem(bench.pageCode(), change)
        #expect(answer.status == 400)
        #expect(answer.members["code"] as? Int == code)
    }

    @Test("gives a refresh token only with offline_access", arguments: [[], ["a:b"], ["a:b", "offline_access"]])
    func refreshTokens(scopes: [String]) throws {
        var bench = SandboxBench()
        let page = SandboxState.IssuedCode.Origin.page(
            redirectURI: SandboxBench.redirectURI, challenge: nil, scopes: scopes)
        let answer = try bench.redeem(bench.state.issueCode(page, to: SandboxBench.ada, at: SandboxBench.now))
        #expect(answer.members["scope"] as? String == scopes.joined(separator: " "))
        #expect((answer.members["refresh_token"] != nil) == scopes.contains("offline_access"))
    }

    @Test("wants the verifier of a challenge")
    func pkce() throws {
        var bench = SandboxBench()
        for (text, code) in [(verifier, 0), ("another", 20049), (nil, 20049)] as [(String?, Int)] {
            let answer = try bench.redeem(bench.pageCode(challenge: challenge), ["code_verifier": text])
            #expect(answer.members["code"] as? Int == code)
        }
    }

    @Test("redeems at the third version as at the second, with PKCE unless that is to be refused")
    func thirdVersion() throws {
        for (endpoint, codes) in [(TokenEndpoint.v3, (0, 0)), (.v3WithoutPKCE, (20049, 0))] {
            var bench = SandboxBench(tokenEndpoint: endpoint)
            let bound = bench.pageCode(challenge: challenge)
            let answer = try bench.redeem(bound, ["code_verifier": verifier], at: endpoint)
            #expect(answer.members["code"] as? Int == codes.0)
            #expect(try bench.redeem(bench.pageCode(), at: endpoint).members["code"] as? Int == codes.1)
            // The second version is still there.
            let second = try bench.redeem(bench.pageCode(challenge: challenge), ["code_verifier": verifier])
            #expect(second.members["code"] as? Int == 0)
        }
    }

    @Test("redeems at most 50 codes a second and 1,000 a minute, and says how long to wait")
    func rateLimit() throws {
        var bench = SandboxBench()
        for second in 0..<20 {
            for _ in 1...50 {
                #expect(try bench.redeem("x", after: TimeInterval(second)).members["code"] as? Int == 20003)
            }
            let refused = try bench.redeem("x", after: TimeInterval(second))
            #expect(refused.status == 429 && refused.members["code"] as? Int == 99_991_400)
            #expect(refused.wait == (second < 19 ? "1" : "41"))
        }
        #expect(try bench.redeem("x", after: 59).status == 429)
        #expect(try bench.redeem("x", after: 60).members["code"] as? Int == 20003)
    }

    @Test("redeems no code for half a minute if a developer says so: old endpoints say it with status 400")
    func throttling() throws {
        var bench = SandboxBench()
        #expect(try bench.ask("POST", "/sandbox/throttle").status == 204)
        let answer = try bench.redeem(bench.pageCode(), after: 12)
        #expect(answer.status == 429 && answer.members["code"] as? Int == 99_991_400 && answer.wait == "18")
        let token = try bench.appToken()["app_access_token"] as? String
        let session = try bench.ask(
            "POST", "/open-apis/mina/v2/tokenLoginValidate", body: #"{"code":"x"}"#, bearer: token, after: 12)
        #expect(session.status == 400 && session.members["code"] as? Int == 99_991_400 && session.wait == "18")
        #expect(try bench.redeem(bench.pageCode(), after: 30).members["code"] as? Int == 0)
    }

    @Test("takes the codes of each call of the client where they belong")
    func appCodes() throws {
        var bench = SandboxBench()
        let token = try #require(bench.appToken()["app_access_token"] as? String)
        for (origin, atToken, atSession) in [
            (.requestAccess, 0, 20003), (.login, 20003, 0),
        ] as [(SandboxState.IssuedCode.Origin, Int, Int)] {
            let code = bench.state.issueCode(origin, to: SandboxBench.ada, at: SandboxBench.now)
            #expect(try bench.redeem(code, ["redirect_uri": nil]).members["code"] as? Int == atToken)
            let other = bench.state.issueCode(origin, to: SandboxBench.ada, at: SandboxBench.now)
            let session = try bench.ask(
                "POST", "/open-apis/mina/v2/tokenLoginValidate", body: #"{"code":"\#(other)"}"#, bearer: token)
            #expect(session.members["code"] as? Int == atSession)
            let data = session.members["data"] as? [String: Any]
            #expect((data?["session_key"] == nil) == (atSession != 0))
            #expect(data?["union_id"] == nil)
        }
    }

    @Test("gives everyone the same app token until its last half hour, when both are good")
    func appToken() throws {
        var bench = SandboxBench()
        let first = try #require(bench.appToken()["app_access_token"] as? String)
        let later = try bench.appToken(after: 5399)
        #expect(later["app_access_token"] as? String == first)
        #expect(later["expire"] as? Int == 1801)
        let next = try #require(bench.appToken(after: 5401)["app_access_token"] as? String)
        #expect(next != first)
        func code(_ token: String, after seconds: TimeInterval) throws -> Int? {
            let answer = try bench.ask(
                "POST", "/open-apis/mina/v2/tokenLoginValidate", body: #"{"code":"x"}"#, bearer: token, after: seconds)
            return answer.members["code"] as? Int
        }
        for token in [first, next] { #expect(try code(token, after: 7000) == 20003) }
        #expect(try code(first, after: 7200) == 99_991_677)
        #expect(try code("a-unknown", after: 0) == 99_991_664)
        _ = try bench.ask("POST", "/sandbox/evict")
        #expect(try code(next, after: 7000) == 99_991_664)
    }
}
