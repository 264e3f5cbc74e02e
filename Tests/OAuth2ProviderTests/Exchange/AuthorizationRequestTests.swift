import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import Testing

@testable import OAuth2Provider

@Suite("The request for the browser")
struct AuthorizationRequestTests {
    private func request(
        _ change: @escaping @Sendable (inout Scenario) -> Void = { _ in }
    ) async throws -> [String: String] {
        try await Scenario(change).run { desk in
            let start = try await desk.broker.beginRedirect("id", returningTo: "https://app.example/callback")
            #expect(desk.upstream.requests.isEmpty && !start.url.contains(Scenario.secret))
            return FormText.query(of: start.url)
        }
    }

    @Test("has the client, the state and the challenge, and no nonce, which no ID token would return")
    func standard() async throws {
        let request = try await request()
        #expect(
            Set(request.keys) == [
                "response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method",
            ])
        #expect(request["client_id"] == "client-1" && request["response_type"] == "code")
    }

    @Test("has names, scopes and parameters of the upstream's own, and those of the settings over them")
    func names() async throws {
        let request = try await request {
            $0.declaration.authorization.url = "https://{host}/authorize?display=page"
            $0.declaration.client.idName = "client_key"
            $0.declaration.authorization.scopes = ["a", "b"]
            ($0.declaration.authorization.scopeName, $0.declaration.authorization.scopeSeparator) = ("scopes", ",")
            $0.declaration.authorization.parameters = ["prompt": "none", "lang": "en"]
            $0.settings = { $0.parameters = ["prompt": "select_account"] }
        }
        #expect(request["client_key"] == "client-1" && request["client_id"] == nil)
        #expect(request["scopes"] == "a,b" && request["scope"] == nil)
        #expect(request["prompt"] == "select_account" && request["lang"] == "en" && request["display"] == "page")
        #expect(try await self.request { $0.settings = { $0.scopes = ["c"] } }["scope"] == "c")
    }

    @Test(
        "is not made with parameters that are the broker's",
        arguments: [
            "state", "redirect_uri", "client_id", "response_type", "scope", "code_challenge", "request_uri",
            "client_secret", "", "a b",
        ])
    func parameters(name: String) throws {
        let settings = Scenario {
            $0.declaration.authorization.scopes = ["a"]
            $0.settings = { $0.parameters = [name: "x"] }
        }.settings(at: "id.example")
        let error = #expect(throws: BrokerError.self) {
            try OAuth2Provider(settings: settings, context: ProviderContext(id: "id"))
        }
        #expect(error?.kind == .misconfigured)
    }

    @Test("is not made with what no client has")
    func settings() throws {
        let wrong: [@Sendable (inout OAuth2Provider.Settings) -> Void] = [
            { $0.clientId = "" }, { $0.clientId = "ü" }, { $0.clientSecret = .literal(Secret("sécret-of-the-client")) },
            { $0.scopes = ["a b"] }, { $0.scopes = ["a\"b"] }, { $0.issuer = "id.example" },
            { $0.issuer = "https://id.example?a=b" }, { $0.endpoints.token = "/token" },
            { $0.endpoints.userInfo = "https://u@id.example/" }, { $0.endpoints.authorization = "javascript:alert(1)" },
        ]
        for change in wrong {
            let settings = Scenario { $0.settings = change }.settings(at: "id.example")
            let error = #expect(throws: BrokerError.self) {
                try OAuth2Provider(settings: settings, context: ProviderContext(id: "id"))
            }
            #expect(error?.kind == .misconfigured)
        }
    }

    @Test("is answered by the upstream under its own names alone: RFC 9207")
    func issuers() async throws {
        func failure(_ name: String) async throws -> BrokerError? {
            try await Scenario {
                $0.declaration.authorization.issuers = ["https://{host}/login/oauth", "https://login.example"]
                $0.callback = { $0["iss"] = name }
            }.failure()
        }
        for name in ["https://id.example", "https://login.example"] { #expect(try await failure(name) == nil) }
        for name in ["https://id.example/", "https://evil.example", "https://id.example/login/oauth", "{host}"] {
            #expect(try await failure(name)?.kind == .invalidCredential)
        }
    }

    @Test("is answered with an error, which means what it says, or what the declaration says")
    func errors() async throws {
        func failure(_ code: String) async throws -> BrokerError? {
            try await Scenario {
                $0.declaration.authorization.cancellationCodes = ["user_cancelled"]
                $0.callback = { answer in
                    answer["code"] = nil
                    answer["error"] = code
                }
            }.failure()
        }
        #expect(try await failure("access_denied")?.kind == .cancelledByUser)
        #expect(try await failure("user_cancelled")?.kind == .cancelledByUser)
        #expect(try await failure("invalid_scope")?.kind == .misconfigured)
        #expect(try await failure("else")?.kind == .invalidCredential)
    }
}
