import BrokerSandbox
import Foundation
import LoopbackServer
import Testing

@testable import OAuth2Sandbox

@Suite("The API of the OAuth 2.0 sandbox")
struct RecordTests {
    /// A token of the first person, and their id.
    private static func token(_ bench: inout SandboxBench, _ changes: [String: String?] = [:]) throws -> String {
        let callback = try bench.callback(changes)
        let members = try bench.redeem(callback).members
        let inside = members["data"] as? [String: Any] ?? members
        return try #require(inside["access_token"] as? String)
    }

    private static func id(in vendor: Vendor) -> String {
        switch vendor.id(Person.all[0]) {
        case .text(let text): text
        case .number(let number): "\(number)"
        default: ""
        }
    }

    private static func text(_ answer: (status: Int, members: [String: Any])) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: answer.members), as: UTF8.self)
    }

    @Test("describes the person whose token it is", arguments: Vendor.all)
    func record(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let token = try Self.token(&bench)
        let answer = try bench.ask(vendor.paths.profile, vendor.profile, with: token, of: Self.id(in: vendor))
        #expect(answer.status == 200)
        let text = try Self.text(answer)
        // QQ has the id beside the token alone.
        #expect(vendor.type == "qq" ? !text.contains(Self.id(in: vendor)) : text.contains(Self.id(in: vendor)))
        #expect(text.contains("Ada") || text.contains("\"ada\""), "\(text)")
        if let path = vendor.paths.emails, let emails = vendor.emails {
            let answer = try bench.ask(path, emails, with: token)
            #expect(try answer.status == 200 && Self.text(answer).contains("ada@people.example"))
        }
    }

    @Test("refuses a token that is unknown or expired, and one that is not where it belongs", arguments: Vendor.all)
    func token(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let (token, id) = (try Self.token(&bench), Self.id(in: vendor))
        let refusal = vendor.recordError(.token)
        let (path, profile) = (vendor.paths.profile, vendor.profile)
        let unknown = try bench.ask(path, profile, with: "unknown", of: id)
        #expect(try unknown.status == refusal.status && !Self.text(unknown).contains("Ada"))
        let agent = HeaderField("User-Agent", "test")
        let elsewhere: [(changes: [String: String?], headers: [HeaderField])] =
            switch vendor.token {
            case .header(let scheme):
                [
                    (["access_token": token], [agent]), ([:], [agent, HeaderField("Authorization", token)]),
                    ([:], [agent, HeaderField("Authorization", "\(scheme)x \(token)")]),
                ]
            case .query(let name), .form(let name):
                [
                    ([name: nil], [agent, HeaderField("Authorization", "Bearer \(token)")]),
                    ([:], [agent, HeaderField("Authorization", "Bearer \(token)")]),
                ]
            }
        for (changes, headers) in elsewhere {
            let answer = try bench.ask(path, profile, with: token, of: id, changes, headers: headers)
            #expect(try answer.status == refusal.status && !Self.text(answer).contains("Ada"))
        }
    }

    @Test(
        "refuses a request that lacks what the vendor wants, or has it of another",
        arguments: [
            (.facebook, "appsecret_proof", 400), (.facebook, "fields", 400), (.weibo, "uid", 403),
            (.qq, "oauth_consumer_key", 200), (.qq, "openid", 200), (.douyin, "open_id", 200),
            (.tiktok, "fields", 400), (.vk, "client_id", 400),
        ] as [(Vendor, String, Int)])
    func parameters(vendor: Vendor, name: String, status: Int) throws {
        var bench = SandboxBench(vendor)
        let (token, id) = (try Self.token(&bench), Self.id(in: vendor))
        for value in [nil, ""] {
            let answer = try bench.ask(vendor.paths.profile, vendor.profile, with: token, of: id, [name: value])
            #expect(try answer.status == status && !Self.text(answer).contains("Ada"))
        }
    }

    @Test(
        "refuses a token without the scopes that the record takes, in the vendor's form",
        arguments: Vendor.all.filter { !$0.profile.scopes.isEmpty })
    func scopes(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let (token, id) = (try Self.token(&bench, [vendor.scopeName: "other"]), Self.id(in: vendor))
        let answer = try bench.ask(vendor.paths.profile, vendor.profile, with: token, of: id)
        #expect(try answer.status == vendor.recordError(.scope).status && !Self.text(answer).contains("Ada"))
    }

    @Test("takes scopes with the vendor's separator alone")
    func separator() throws {
        var bench = SandboxBench(.kakao)
        let token = try Self.token(&bench, ["scope": "account_email profile_nickname"])
        let answer = try bench.ask("/v2/user/me", Vendor.kakao.profile, with: token)
        #expect(try answer.status == 200 && !Self.text(answer).contains("people.example"))
    }

    @Test("has the fields that are asked for alone, where the vendor wants them named")
    func fields() throws {
        var bench = SandboxBench(.tiktok)
        let token = try Self.token(&bench)
        let answer = try bench.ask(
            "/v2/user/info/", Vendor.tiktok.profile, with: token, ["fields": "open_id,display_name"])
        let user = (answer.members["data"] as? [String: Any])?["user"] as? [String: Any]
        #expect(user.map { Set($0.keys) } == ["open_id", "display_name"])
    }

    @Test("wants the header fields that the vendor wants")
    func headers() throws {
        var bench = SandboxBench(.github)
        let token = try Self.token(&bench)
        let answer = try bench.ask(
            "/user", Vendor.github.profile, with: token, headers: [HeaderField("Authorization", "Bearer \(token)")])
        #expect(answer.status == 403)
    }

    @Test("knows no other path, and no other method", arguments: Vendor.all)
    func paths(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let (token, id) = (try Self.token(&bench), Self.id(in: vendor))
        let right = bench.query(vendor.paths.profile, vendor.profile, with: token, of: id)
        let other = right.with(target: "/other\(right.target.dropFirst(vendor.paths.profile.count))")
        #expect(try bench.send(other, after: 2).status == 404)
        let method = try bench.send(right.with(method: right.method == "GET" ? "POST" : "GET"), after: 2)
        #expect(try method.status == vendor.recordError(.request).status && !Self.text(method).contains("Ada"))
        #expect(try Self.text(bench.send(right, after: 2)).contains(vendor.type == "spotify" ? "ada" : "Ada"))
    }

    @Test("refuses a token that comes in two ways (RFC 6750 §2)", arguments: Vendor.all)
    func twoWays(vendor: Vendor) throws {
        var bench = SandboxBench(vendor)
        let (token, id) = (try Self.token(&bench), Self.id(in: vendor))
        let right = bench.query(vendor.paths.profile, vendor.profile, with: token, of: id)
        var wrong: [ReceivedRequest] = []
        let inQuery = "\(right.target)\(right.target.contains("?") ? "&" : "?")access_token=\(token)"
        let type = HeaderField("Content-Type", "application/x-www-form-urlencoded")
        switch vendor.token {
        case .header:
            wrong.append(right.with(target: inQuery))
            if right.body.isEmpty {
                wrong.append(right.with(headers: right.headers + [type], body: "access_token=\(token)"))
            }
        case .query(let name): wrong.append(right.with(headers: right.headers + [type], body: "\(name)=\(token)"))
        case .form: wrong.append(right.with(target: inQuery))
        }
        for request in wrong {
            let answer = try bench.send(request, after: 2)
            #expect(try answer.status == vendor.recordError(.token).status && !Self.text(answer).contains("Ada"))
        }
        #expect(try bench.send(right, after: 2).status == 200)
    }
}
