import BrokerTesting
import OpenIDConnectProvider
import IdentityBroker
import StrictJSON
import Testing

@Suite("The end of a login")
struct CallbackTests {
    @Test(
        "is refused unless it comes from the provider: mix-up, RFC 9207",
        arguments: [
            (true, "own", nil), (true, nil, BrokerError.Kind.invalidCredential),
            (true, "https://evil.example", .invalidCredential), (false, nil, nil), (false, "own", nil),
            (false, "https://evil.example", .invalidCredential),
        ] as [(Bool, String?, BrokerError.Kind?)])
    func issuer(isPromised: Bool, issuer: String?, kind: BrokerError.Kind?) async throws {
        let base = Locked("")
        let scenario = Scenario {
            $0.document = { document, baseURL in
                base.withLock { $0 = baseURL }
                document["authorization_response_iss_parameter_supported"] = .bool(isPromised)
            }
            $0.callback = { $0["iss"] = issuer == "own" ? base.withLock { $0 } : issuer }
        }
        #expect(try await scenario.failure()?.kind == kind)
    }

    @Test(
        "with an error is reported as what it is, also without iss, as Canaille sends it",
        arguments: [
            ("access_denied", BrokerError.Kind.cancelledByUser), ("login_required", .interactionRequired),
            ("temporarily_unavailable", .upstreamUnavailable), ("invalid_scope", .misconfigured),
        ])
    func error(code: String, kind: BrokerError.Kind) async throws {
        let scenario = Scenario {
            $0.document = { document, _ in document["authorization_response_iss_parameter_supported"] = true }
            $0.callback = { ($0["code"], $0["error"]) = (nil, code) }
        }
        #expect(try await scenario.failure()?.kind == kind)
    }

    @Test("belongs to the login that was begun: CVE-2025-65107, CVE-2025-68158")
    func anotherState() async throws {
        let failure = try await Scenario { $0.callback = { $0["state"] = "another" } }.failure()
        #expect(failure?.kind == .invalidCredential)
        #expect(failure?.credential == .unused)
    }

    @Test("works once, and its code is sent once")
    func once() async throws {
        try await Scenario().run { desk in
            let start = try await desk.broker.beginRedirect("op", returningTo: Scenario.callbackURI)
            let answer = desk.double.callback(for: start.url)
            _ = try await desk.broker.login("op", with: .callback(answer, of: start.flow))
            let failure = await Scenario.failure {
                _ = try await desk.broker.login("op", with: .callback(answer, of: start.flow))
            }
            #expect(failure?.kind == .credentialAlreadyUsed)
            #expect(desk.count(of: "/token") == 1)
        }
    }

    @Test("without a beginning is refused: a leaked code would pass state, nonce and PKCE by")
    func nativeCode() async throws {
        try await Scenario().run { desk in
            let failure = await Scenario.failure {
                _ = try await desk.broker.login("op", with: .authorizationCode("code-1"))
            }
            #expect(failure?.kind == .invalidCredential)
            #expect(desk.upstream.requests.isEmpty)
        }
    }

    @Test("may come in a form")
    func formPost() async throws {
        try await Scenario().with { $0.responseMode = .formPost }.run { desk in
            let identity = try await desk.login(by: .formPost)
            #expect(identity.subject == "person-1")
            let failure = await Scenario.failure { _ = try await desk.login() }
            #expect(failure?.kind == .invalidCredential)
        }
    }
}
