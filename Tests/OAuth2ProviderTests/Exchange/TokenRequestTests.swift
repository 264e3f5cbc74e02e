import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import StrictJSON
import Testing

@testable import OAuth2Provider

@Suite("The request that redeems a code")
struct TokenRequestTests {
    private func request(
        _ change: @escaping @Sendable (inout Scenario) -> Void
    ) async throws -> (request: ReceivedRequest, query: [String: String], form: [String: String]) {
        try await Scenario(change).run { desk in
            _ = try await desk.login()
            return try #require(desk.requests(for: "/token").first)
        }
    }

    @Test("proves the client as the declaration says, or as the setting does")
    func methods() async throws {
        let post = try await request { _ in }
        #expect(post.form["client_id"] == "client-1" && post.form["client_secret"] == Scenario.secret)
        #expect(post.request.values(of: "Authorization").isEmpty && post.query.isEmpty)

        let basic = try await request { $0.settings = { $0.authMethod = .basic } }
        let credentials = Data("client-1:\(Scenario.secret)".utf8).base64EncodedString()
        #expect(basic.request.values(of: "Authorization") == ["Basic \(credentials)"])
        #expect(basic.form["client_id"] == nil && basic.form["client_secret"] == nil)

        let query = try await request { $0.declaration.client.authMethod = .query }
        #expect(query.query == ["client_id": "client-1", "client_secret": Scenario.secret])
        #expect(query.form["code"] == Scenario.code && query.form["client_secret"] == nil)

        let none = try await request {
            $0.declaration.client.authMethod = .none
            $0.settings = { $0.clientSecret = nil }
        }
        #expect(none.form["client_id"] == "client-1" && none.form["client_secret"] == nil)
    }

    @Test("of a client without a secret has its id alone, whatever the declaration says")
    func publicClient() async throws {
        let request = try await request { $0.settings = { $0.clientSecret = nil } }
        #expect(request.form["client_id"] == "client-1" && request.form["client_secret"] == nil)
        let settings = Scenario { $0.settings = { $0.clientSecret = nil } }.settings(at: "id.example")
        #expect(OAuth2Provider.advice(settings: settings).count == 1)
    }

    @Test("without PKCE is warned about where the upstream knows it")
    func withoutPKCE() {
        let off = Scenario { $0.settings = { $0.pkce = .off } }.settings(at: "id.example")
        #expect(OAuth2Provider.advice(settings: off).map { $0.hasPrefix("pkce is off") } == [true])
        let unknown = Scenario {
            $0.declaration.pkce = .off
            $0.settings = { $0.pkce = .off }
        }.settings(at: "id.example")
        #expect(OAuth2Provider.advice(settings: unknown).isEmpty)
    }

    @Test("is of no client whose method and secret do not fit")
    func unfit() throws {
        let unfit: [@Sendable (inout Scenario) -> Void] = [
            { $0.settings = { ($0.clientSecret, $0.authMethod) = (nil, .post) } },
            { $0.settings = { $0.authMethod = ClientMethod.none } }, { $0.declaration.client.authMethod = .none },
            { $0.declaration.token.method = .get },
            {
                $0.declaration.profile.proofName = "proof"
                $0.settings = { $0.clientSecret = nil }
            },
            {
                $0.declaration.emails = .init()
                $0.declaration.emails?.proofName = "proof"
                $0.settings = { $0.clientSecret = nil }
            },
        ]
        for change in unfit {
            let settings = Scenario(change).settings(at: "id.example")
            let error = #expect(throws: BrokerError.self) {
                try OAuth2Provider(settings: settings, context: ProviderContext(id: "id"))
            }
            #expect(error?.kind == .misconfigured)
        }
    }

    @Test("of another server's users is never under the declaration's issuer, unless the setting issuer says so")
    func anotherServer() throws {
        func issuer(_ change: @escaping @Sendable (inout Scenario) -> Void) throws -> (name: String, advice: Int) {
            let settings = Scenario(change).settings(at: "id.example")
            let provider = try OAuth2Provider(settings: settings, context: ProviderContext(id: "id"))
            return (provider.issuer.rawValue, OAuth2Provider.advice(settings: settings).count)
        }
        let elsewhere: @Sendable (inout OAuth2Provider.Settings) -> Void = {
            $0.endpoints.userInfo = "https://elsewhere.example:444/api/me?a=b"
        }
        #expect(try issuer { $0.settings = elsewhere } == ("https://elsewhere.example:444", 1))
        #expect(
            try issuer { $0.settings = { $0.endpoints.userInfo = "https://id.example/me" } } == (
                "https://id.example", 0
            ))
        for name in ["https://git.example", "https://id.example"] {
            #expect(
                try issuer {
                    $0.settings = {
                        elsewhere(&$0)
                        $0.issuer = name
                    }
                } == (name, 0))
        }
        let token: @Sendable (inout OAuth2Provider.Settings) -> Void = {
            $0.endpoints.token = "https://elsewhere.example/token"
        }
        #expect(try issuer { $0.settings = token } == ("https://id.example", 0))
        #expect(
            try issuer {
                $0.declaration.tokenSubject = ["/openid"]
                $0.settings = token
            } == ("https://elsewhere.example", 1))
    }

    @Test("may be JSON")
    func json() async throws {
        let body = try await Scenario { $0.declaration.client.authMethod = .json }.run { desk in
            _ = try await desk.login()
            let request = try #require(desk.upstream.requests.first { $0.target == "/token" })
            #expect(request.values(of: "Content-Type") == ["application/json"])
            return try JSONReader().read(request.body)
        }
        #expect(body["client_secret"]?.string == Scenario.secret && body["code"]?.string == Scenario.code)
        #expect(body["grant_type"] == "authorization_code")
    }

    @Test("may be a query, and have names, parameters and fields of the upstream's own")
    func names() async throws {
        let request = try await request {
            $0.declaration.client = .init()
            $0.declaration.client.authMethod = .query
            ($0.declaration.client.idName, $0.declaration.client.secretName) = ("appid", "secret")
            $0.declaration.token.method = .get
            $0.declaration.token.codeName = "auth_code"
            $0.declaration.token.parameters = ["fmt": "json"]
            $0.declaration.token.headers = ["X-Version": "2"]
        }
        #expect(request.request.method == "GET" && request.form.isEmpty)
        #expect(request.query["appid"] == "client-1" && request.query["secret"] == Scenario.secret)
        #expect(request.query["auth_code"] == Scenario.code && request.query["fmt"] == "json")
        #expect(request.query["code"] == nil && request.query["client_id"] == nil)
        #expect(request.request.values(of: "X-Version") == ["2"])
    }

    @Test("has the verifier exactly if the upstream knows PKCE", arguments: [PKCERule.required, .off])
    func verifier(rule: PKCERule) async throws {
        let request = try await request { $0.declaration.pkce = rule }
        #expect((request.form["code_verifier"] != nil) == (rule == .required))
        #expect(request.form["redirect_uri"] == "https://app.example/callback")
    }

    @Test("carries what came back beside the code, each by its name, and is not sent without it")
    func carried() async throws {
        let scenario = Scenario { $0.declaration.authorization.carriedParameters = ["device_id", "state"] }
        let failure = try await scenario.run { desk in
            let failure = await Scenario.failure { _ = try await desk.login() }
            #expect(desk.requests(for: "/token").isEmpty)
            return failure
        }
        #expect(failure?.kind == .invalidCredential)
        let request = try await request {
            $0 = scenario
            $0.callback = { $0["device_id"] = "phone-1" }
        }
        #expect(request.form["device_id"] == "phone-1" && request.form["state"]?.isEmpty == false)
    }

    @Test("is not made for codes of an app where the redirect brings more than the code: the instance is refused")
    func carriedByRedirectsAlone() async throws {
        let scenario = Scenario {
            $0.declaration.authorization.carriedParameters = ["device_id"]
            $0.settings = { $0.nativeCodes = true }
        }
        let failure = await #expect(throws: BrokerError.self) { try await scenario.run { _ in } }
        #expect(failure?.kind == .misconfigured && failure?.message.contains("device_id") == true)
    }

    @Test("gets the code under any of the declared names")
    func codeNames() async throws {
        let request = try await request {
            $0.declaration.authorization.codeNames = ["code", "auth_code"]
            $0.callback = { answer in answer["auth_code"] = answer.removeValue(forKey: "code") }
        }
        #expect(request.form["code"] == Scenario.code)
    }

    @Test("is not made for a code without a flow, unless nativeCodes says so: nothing is reserved or sent")
    func nativeCodes() async throws {
        try await Scenario().run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.broker.login("id", with: .authorizationCode(Scenario.code))
            }
            #expect(failure?.kind == .invalidCredential && failure?.credential == .unused)
            #expect(desk.upstream.requests.isEmpty)
        }
        try await Scenario { $0.settings = { $0.nativeCodes = true } }.run { desk in
            let identity = try await desk.broker.login("id", with: .authorizationCode(Scenario.code))
            #expect(identity.subject == "person-1")
            let form = try #require(desk.requests(for: "/token").first).form
            #expect(form["redirect_uri"] == nil && form["code_verifier"] == nil)
        }
    }
}
