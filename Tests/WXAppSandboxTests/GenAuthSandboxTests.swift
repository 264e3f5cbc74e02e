import BrokerTesting
import Foundation
import LoopbackServer
import Testing
import WXAppSandbox

@Suite("A GenAuth sandbox")
struct GenAuthSandboxTests {
    private func exchange(
        _ ticket: String, with sandbox: GenAuthSandbox, secret: String? = nil
    ) async throws -> RawResponse? {
        try await RawClient.exchange(
            "POST", "/oauth/app2wxapp/auth/\(sandbox.configuration.userPoolId)",
            body: #"{"ticket":"\#(ticket)","secret":"\#(secret ?? sandbox.configuration.secret)"}"#,
            port: sandbox.port, tls: ClientTLS(trusting: sandbox.caCertificatePEM)
        )
    }

    @Test("redeems over TLS what the mini program returned")
    func wholeFlow() async throws {
        try await GenAuthSandbox.withSandbox { sandbox in
            let launchPath = "/routes/explore?userPoolId=\(sandbox.configuration.userPoolId)&getPhone=1&fromApp=1"
            let returned = try sandbox.authorize(launchPath)
            let ticket = try #require(returned.split(separator: "ticket=").last)
            let response = try #require(try await exchange(String(ticket), with: sandbox))
            #expect(response.status == 200)
            #expect(response.headers.contains(HeaderField("Content-Type", "application/json; charset=utf-8")))
            #expect(response.body.hasPrefix(#"{"code":200,"data":{"_id":"5e57540f84622ae263294a42","#))
            #expect(sandbox.redemptionCount == 1)
            #expect(sandbox.requests.count == 1)
            #expect(sandbox.baseURL == "https://localhost:\(sandbox.port)")
        }
    }

    @Test("answers a refusal with status 200 and a code")
    func refusal() async throws {
        try await GenAuthSandbox.withSandbox { sandbox in
            let response = try await exchange(sandbox.mintTicket(), with: sandbox, secret: "wrong")
            #expect(response?.status == 200)
            #expect(response?.body.hasPrefix(#"{"code":2020,"data":null,"#) == true)
            #expect(sandbox.redemptionCount == 0)
        }
    }

    @Test("generates its own secrets")
    func secrets() {
        let (one, another) = (GenAuthSandbox.Configuration(), GenAuthSandbox.Configuration())
        #expect(one.secret.count == 32)
        #expect(Set([one.secret, one.tokenKey, another.secret, another.tokenKey]).count == 4)
    }

    @Test("uses the given clock")
    func clock() async throws {
        let clock = TestClock()
        try await GenAuthSandbox.withSandbox(.init(now: clock.wallClock)) { sandbox in
            let ticket = try sandbox.mintTicket()
            clock.advance(by: sandbox.configuration.ticketLifetime)
            let response = try await exchange(ticket, with: sandbox)
            #expect(response?.body.hasPrefix(#"{"code":2206,"#) == true)
        }
    }

    @Test("loses the answer to a ticket that it redeemed, if told to")
    func lostAnswer() async throws {
        try await GenAuthSandbox.withSandbox { sandbox in
            sandbox.failNext(.reset, .afterRedemption)
            let ticket = try sandbox.mintTicket()
            let lost = try await exchange(ticket, with: sandbox)
            #expect(lost == nil)
            #expect(sandbox.redemptionCount == 1)
            let again = try await exchange(ticket, with: sandbox)
            #expect(again?.body.hasPrefix(#"{"code":2207,"#) == true)
        }
    }

    @Test("fails an exchange by ticket, if told to")
    func failingTicket() async throws {
        try await GenAuthSandbox.withSandbox { sandbox in
            let ticket = try sandbox.mintTicket(failing: .json("busy", status: 503))
            let response = try await exchange(ticket, with: sandbox)
            #expect(response?.status == 503)
            #expect(sandbox.redemptionCount == 0)
        }
    }

    @Test("applies changes to a user")
    func updatedUser() async throws {
        try await GenAuthSandbox.withSandbox(.init(envelope: .bare)) { sandbox in
            var user = SandboxUser.johnDoe
            let ticket = try sandbox.mintTicket(for: user)
            user.isBlocked = true
            sandbox.update(user)
            let response = try #require(try await exchange(ticket, with: sandbox))
            #expect(try JSONObject(response.body).has("blocked", true))
        }
    }

    @Test("has its own path for developers")
    func developer() async throws {
        try await GenAuthSandbox.withSandbox { sandbox in
            let response = try await RawClient.exchange(
                "GET", "/sandbox/authorize?userPoolId=\(sandbox.configuration.userPoolId)&fromApp=1",
                port: sandbox.port, tls: ClientTLS(trusting: sandbox.caCertificatePEM)
            )
            #expect(response?.body.hasPrefix("code=200&message=授权成功&ticket=eyJ") == true)
        }
    }

    @Test("writes its CA certificate to a file")
    func caFile() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sandbox-ca-\(UUID()).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        try await GenAuthSandbox.withSandbox { sandbox in
            try sandbox.writeCACertificate(to: file.path())
            let written = try String(contentsOf: file, encoding: .utf8)
            #expect(written == sandbox.caCertificatePEM)
        }
    }
}
