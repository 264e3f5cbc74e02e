import Foundation
import LoopbackServer
import Testing

@testable import WXAppSandbox

@Suite("The mini program")
struct AuthorizationTests {
    private static let query = "userPoolId=\(SandboxFixture.pool)&getPhone=1&fromApp=1&useSelfWxapp=0"

    private func authorize(
        _ launchPath: String, decision: AuthorizationDecision = .agree, percentEncoded: Bool = false
    ) throws -> String {
        var sandbox = SandboxFixture()
        return try sandbox.state.authorize(
            LaunchQuery(launchPath), as: .johnDoe, decision: decision, at: SandboxFixture.now
        ).text(percentEncoded: percentEncoded)
    }

    @Test("returns a ticket when the user agrees", arguments: [query, "/routes/explore?" + query])
    func agreement(launchPath: String) throws {
        #expect(try authorize(launchPath).hasPrefix("code=200&message=授权成功&ticket=eyJhbGciOiJIUz"))
    }

    @Test("returns the message percent-encoded if asked")
    func percentEncoding() throws {
        let returned = try authorize(Self.query, percentEncoded: true)
        #expect(returned.hasPrefix("code=200&message=%E6%8E%88%E6%9D%83%E6%88%90%E5%8A%9F&ticket=eyJ"))
    }

    @Test("returns no ticket when the user declines")
    func refusal() throws {
        #expect(try authorize(Self.query, decision: .refuse) == "code=400&message=用户取消授权")
    }

    @Test(
        "returns a code and no ticket when it is launched wrongly",
        arguments: [
            ("", "code=2010&message=用户池不存在"),
            ("userPoolId=0&fromApp=1", "code=2010&message=用户池不存在"),
            ("userPoolId=\(SandboxFixture.pool)", "code=499&message=缺少参数 fromApp"),
            ("userPoolId=\(SandboxFixture.pool)&fromApp=0", "code=499&message=缺少参数 fromApp"),
        ]
    )
    func wrongLaunch(launchPath: String, returned: String) throws {
        #expect(try authorize(launchPath) == returned)
    }

    @Test("passes on the phone number only if asked to", arguments: ["1", "0", "", "true"])
    func phone(getPhone: String) throws {
        var sandbox = SandboxFixture(envelope: .bare)
        let query = "userPoolId=\(SandboxFixture.pool)&fromApp=1&getPhone=\(getPhone)"
        let returned = try sandbox.state.authorize(
            LaunchQuery(query), as: .johnDoe, decision: .agree, at: SandboxFixture.now)
        guard case .ticket(let ticket) = returned else {
            Issue.record("There is no ticket.")
            return
        }
        let record = try JSONObject(SandboxFixture.text(sandbox.post(SandboxFixture.body(ticket: ticket))))
        #expect(record.isNull("phone") == (getPhone != "1"))
    }

    @Test(
        "can be simulated over HTTP",
        arguments: [
            ("", "code=200&message=授权成功&ticket=eyJ"),
            ("&user=placeholder", "code=200&message=授权成功&ticket=eyJ"),
            ("&user=5e57540f84622ae263294b10&decision=agree", "code=200&message=授权成功&ticket=eyJ"),
            ("&decision=refuse", "code=400&message=用户取消授权\n"),
            ("&decision=perhaps", "code=400&message=请求参数错误\n"),
            ("&user=nobody", "code=2004&message=用户不存在\n"),
        ]
    )
    func overHTTP(addition: String, returned: String) throws {
        var sandbox = SandboxFixture()
        let script = try sandbox.post("", method: "GET", target: "/sandbox/authorize?" + Self.query + addition)
        #expect(try SandboxFixture.text(script).hasPrefix(returned))
    }
}
