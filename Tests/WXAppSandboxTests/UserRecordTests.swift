import Foundation
import LoopbackServer
import Testing

@testable import WXAppSandbox

@Suite("A user's record")
struct UserRecordTests {
    private func record(of user: SandboxUser, isPhoneGranted: Bool = false) throws -> JSONObject {
        var sandbox = SandboxFixture(envelope: .bare)
        let ticket = try sandbox.state.mint(for: user, isPhoneGranted: isPhoneGranted, at: SandboxFixture.now)
        return try JSONObject(SandboxFixture.text(sandbox.post(SandboxFixture.body(ticket: ticket))))
    }

    @Test("has the members of the documented one")
    func members() throws {
        let record = try record(of: .johnDoe)
        #expect(
            record.names == [
                "_id", "emailVerified", "username", "nickname", "company", "photo", "loginsCount", "registerMethod",
                "blocked", "isDeleted", "oauth", "metadata", "unionid", "openid", "lastIP", "lastLogin", "signedUp",
                "token", "tokenExpiredAt", "phone",
            ]
        )
        #expect(record.has("_id", "5e57540f84622ae263294a42"))
        #expect(record.has("nickname", "John Doe"))
        #expect(record.has("username", "John Doe"))
        #expect(record.has("emailVerified", false))
        #expect(record.has("blocked", false))
        #expect(record.has("isDeleted", false))
        #expect(record.has("registerMethod", "oauth:app2wxapp"))
        #expect(record.has("metadata", #""""#))
        #expect(record.has("signedUp", "2020-02-27T05:30:55.875Z"))
        #expect(record.has("lastLogin", "2020-02-27T05:33:20.796Z"))
        #expect(record.has("tokenExpiredAt", "2020-03-13T05:33:20.000Z"))
    }

    @Test("repeats ids and name in the oauth text")
    func oauth() throws {
        let record = try record(of: .johnDoe)
        let oauth = try JSONObject(record.text("oauth"))
        #expect(oauth.has("nickName", "John Doe"))
        #expect(oauth.has("gender", 1))
        #expect(oauth.has("language", "zh_CN"))
        #expect(oauth.has("country", "China"))
        #expect(oauth.has("openid", try record.text("openid")))
        #expect(oauth.has("unionid", try record.text("unionid")))
    }

    @Test("has one phone number in both places if it was granted, and otherwise none", arguments: [true, false])
    func phone(isGranted: Bool) throws {
        let record = try record(of: .johnDoe, isPhoneGranted: isGranted)
        let oauth = try JSONObject(record.text("oauth"))
        #expect(record.has("phone", "13800138000") == isGranted)
        #expect(record.isNull("phone") == !isGranted)
        #expect(oauth.has("phone", "13800138000") == isGranted)
        #expect(oauth.names.contains("phone") == isGranted)
    }

    @Test("has a token that agrees with it and lasts fifteen days")
    func token() throws {
        let record = try record(of: .johnDoe)
        let claims = try JSONObject(claimsOf: record.text("token"))
        #expect(claims.names == ["data", "iat", "exp"])
        #expect(claims.has("iat", 1_582_781_600))
        #expect(claims.has("exp", 1_584_077_600))
        let person = try claims.object("data")
        #expect(person.has("id", SandboxUser.johnDoe.id))
        #expect(person.has("unionid", try record.text("unionid")))
        #expect(person.has("clientId", SandboxFixture.pool))
    }

    @Test("says that the account is blocked")
    func blocked() throws {
        #expect(try record(of: .blocked).has("blocked", true))
    }

    @Test("leaves the unionid out when WeChat has none")
    func withoutUnionid() throws {
        let record = try record(of: .placeholder)
        #expect(record.has("nickname", "微信用户"))
        #expect(!record.names.contains("unionid"))
        #expect(!(try JSONObject(record.text("oauth")).names.contains("unionid")))
        #expect(!(try JSONObject(claimsOf: record.text("token")).object("data").names.contains("unionid")))
    }

    @Test("has an openid of WeChat's length", arguments: SandboxUser.samples)
    func openid(_ user: SandboxUser) {
        #expect(user.weChatProfile.openid.count == 28)
        #expect(user.weChatProfile.unionid.map(\.count) ?? 28 == 28)
        #expect(user.id.count == 24)
    }
}
