import Foundation
import HTTPTypes
import IdentityBroker
import Testing
import WXAppProvider

@Suite("The request of the exchange")
struct RequestTests {
    private static func request(settings: WXAppProvider.Settings) async throws -> UpstreamRequest {
        let scenario = try Scenario(record: [:], settings: settings)
        let transport = ScriptedTransport(scenario.answer)
        _ = try await scenario.run(over: transport)
        #expect(transport.requests.count == 1)
        return try #require(transport.requests.first)
    }

    @Test("is a POST of JSON to the documented address")
    func head() async throws {
        let request = try await Self.request(settings: .init(userPoolId: Scenario.userPoolId))
        #expect(request.head.method == .post)
        #expect(request.head.scheme == "https")
        #expect(request.head.authority == "core.genauth.cn")
        #expect(request.head.path == "/oauth/app2wxapp/auth/5e4cdd055df3df65dc58b97d")
        #expect(request.head.headerFields[.contentType] == "application/json")
        #expect(request.head.headerFields[.accept] == "application/json")
    }

    @Test(
        "carries ticket and secret in its body",
        arguments: [
            #"a"secret/\"#, "\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F} \u{7F}", "秘密🔑e\u{301}", #"\"","ticket":"x"#,
            "\u{2028}",
        ]
    )
    func bodyWithSecret(_ secret: String) async throws {
        let request = try await Self.request(
            settings: .init(userPoolId: Scenario.userPoolId, secret: .literal(Secret(secret)))
        )
        #expect(
            try JSONDecoder().decode([String: String].self, from: Data(request.body))
                == ["ticket": Scenario.ticket, "secret": secret]
        )
    }

    @Test("has no secret member at all if none is configured")
    func bodyWithoutSecret() async throws {
        let request = try await Self.request(settings: .init(userPoolId: Scenario.userPoolId))
        #expect(
            try JSONDecoder().decode([String: String].self, from: Data(request.body)) == ["ticket": Scenario.ticket]
        )
    }

    @Test("goes to the configured base URL, with its port and path")
    func privateDeployment() async throws {
        let request = try await Self.request(
            settings: .init(userPoolId: "pool-1", baseURL: "https://id.example.com:8443/genauth/")
        )
        #expect(request.head.authority == "id.example.com:8443")
        #expect(request.head.path == "/genauth/oauth/app2wxapp/auth/pool-1")
    }
}
