import BrokerTesting
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("A pushed authorization request")
struct PushTests {
    typealias Rule = OpenIDConnectProvider.PushRule

    private func scenario(
        _ rule: Rule,
        isOffered: Bool = true,
        isDemanded: Bool = false,
        _ change: (inout Behavior) -> Void = { _ in }
    ) -> Scenario {
        Scenario {
            $0.document = { document, baseURL in
                if isOffered { document["pushed_authorization_request_endpoint"] = .string("\(baseURL)/par") }
                if isDemanded { document["require_pushed_authorization_requests"] = true }
            }
            change(&$0)
        }.with { $0.par = rule }
    }

    @Test(
        "has everything that the URL would have, by an authenticated client, and the browser carries a reference to it",
        arguments: ClientAuthenticationMethod.allCases)
    func pushed(method: ClientAuthenticationMethod) async throws {
        try await KeyFile.withDirectory { directory in
            let file = try KeyFile(.p256, in: directory)
            var scenario = scenario(.auto)
            scenario.settings = {
                $0.authMethod = method
                if method == .none || method == .privateKeyJWT { $0.clientSecret = nil }
                if method == .privateKeyJWT { $0.clientAssertion = .init(keyFile: file.path) }
            }
            try await check(scenario, method)
        }
    }

    private func check(_ scenario: Scenario, _ method: ClientAuthenticationMethod) async throws {
        try await scenario.run { desk in
            let start = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            #expect(
                FormText.query(of: start.url) == [
                    "client_id": "client-1", "request_uri": "urn:ietf:params:oauth:request_uri:1",
                ])
            let request = try #require(desk.upstream.requests.first { $0.target == "/par" })
            var form = FormText.decode(request.bodyText)
            for name in ["state", "nonce", "code_challenge", "client_assertion"] where form[name]?.isEmpty == false {
                form[name] = "…"
            }
            var expected = [
                "response_type": "code", "client_id": "client-1", "scope": "openid profile email",
                "redirect_uri": Scenario.callbackURI, "state": "…", "nonce": "…", "code_challenge": "…",
                "code_challenge_method": "S256",
            ]
            if method == .post { expected["client_secret"] = Scenario.secret }
            if method == .privateKeyJWT {
                expected["client_assertion"] = "…"
                expected["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            }
            #expect(form == expected)
            #expect(request.values(of: "Authorization").isEmpty == (method != .basic))
            let identity = try await desk.login()
            #expect(identity.subject == "person-1")
        }
    }

    /// The rule, whether the provider offers it and demands it, and whether the request is pushed; nil for an error.
    @Test(
        "is made by the setting and by the provider's word",
        arguments: [
            (.auto, true, false, true), (.auto, false, false, false), (.auto, true, true, true),
            (.auto, false, true, nil),
            (.required, true, false, true), (.required, false, false, nil), (.off, true, false, false),
            (.off, true, true, nil),
        ] as [(Rule, Bool, Bool, Bool?)])
    func rule(rule: Rule, isOffered: Bool, isDemanded: Bool, isPushed: Bool?) async throws {
        try await scenario(rule, isOffered: isOffered, isDemanded: isDemanded).run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            }
            #expect(failure?.kind == (isPushed == nil ? .misconfigured : nil))
            // There is no such setting.
            #expect(failure?.message.contains("under endpoints") != true)
            #expect(desk.count(of: "/par") == (isPushed == true ? 1 : 0))
        }
    }

    @Test(
        "fails as at the token endpoint",
        arguments: [
            ("invalid_client", 401, .misconfigured), ("unauthorized_client", 400, .misconfigured),
            ("invalid_scope", 400, .misconfigured), ("temporarily_unavailable", 400, .upstreamUnavailable),
            ("invalid_request", 400, .upstreamMisbehaved), ("invalid_grant", 400, .upstreamMisbehaved),
            ("invalid_client", 201, .misconfigured),
            ("anything", 503, .upstreamUnavailable), ("anything", 429, .rateLimited),
        ] as [(String, Int, BrokerError.Kind)])
    func refused(code: String, status: Int, kind: BrokerError.Kind) async throws {
        let failure = try await scenario(.auto) {
            $0.pushAnswer = .json(["error": .string(code)], status: status)
        }.failure()
        #expect(failure?.kind == kind && failure?.credential == .unused)
        #expect(failure?.message.contains("code") == false)
    }

    @Test("fails for the client's settings if it is refused without a code", arguments: [401, 403])
    func refusedWithoutCode(status: Int) async throws {
        for answer in [ServerResponse.text("", status: status), .json(["message": "no"], status: status)] {
            let failure = try await scenario(.auto) { $0.pushAnswer = answer }.failure()
            #expect(failure?.kind == .misconfigured && failure?.credential == .unused)
            #expect(failure?.message.contains("clientId") == true)
        }
    }

    @Test("cannot be required where nothing is discovered")
    func undiscovered() throws {
        var settings = OpenIDConnectProvider.Settings(issuer: "https://id.example.com", clientId: "client-1")
        settings.endpoints = .init(
            authorization: "https://id.example.com/a", token: "https://id.example.com/t",
            userInfo: "https://id.example.com/u", jwks: "https://id.example.com/k")
        _ = try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        settings.par = .required
        let error = #expect(throws: BrokerError.self) {
            try OpenIDConnectProvider(settings: settings, context: ProviderContext(id: "op"))
        }
        #expect(error?.kind == .misconfigured && error?.message.hasPrefix("par is required") == true)
    }

    @Test(
        "must be answered with a reference",
        arguments: [
            .json([:], status: 201), .json(["request_uri": ""], status: 201), .json(["request_uri": 7], status: 201),
            .text("<!doctype html>", status: 201), .json(["request_uri": "urn:x"], status: 404),
        ] as [ServerResponse])
    func unreadable(answer: ServerResponse) async throws {
        let failure = try await scenario(.auto) { $0.pushAnswer = answer }.failure()
        #expect(failure?.kind == .upstreamMisbehaved)
    }
}
