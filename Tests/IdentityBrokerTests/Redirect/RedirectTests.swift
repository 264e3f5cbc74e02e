import BrokerTesting
import Foundation
import HTTPTypes
import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("A redirect login", .timeLimit(.minutes(15)))
struct RedirectTests {
    private static let uri = "https://app.example/callback"

    private let clock = TestClock()
    private let transport = ScriptedTransport()
    private let store = MemoryStore()

    private func makeBroker(_ settings: RedirectProvider.Settings = .init()) throws -> Broker {
        let instances = try ["site", "another-site"].map { id in
            try ProviderInstance(
                RedirectProvider.self,
                settings: settings,
                context: ProviderContext(id: #require(ProviderID(id)))
            )
        }
        return try Broker(
            providers: instances + [Bench.instance()],
            transport: transport,
            store: store,
            clock: BrokerClock(clock, now: clock.wallClock)
        )
    }

    private func refusal(_ broker: Broker, of credential: Credential, at id: ProviderID = "site") async -> BrokerError?
    {
        await #expect(throws: BrokerError.self) { try await broker.login(id, with: credential) }
    }

    private func refusal(_ broker: Broker, ofRedirectTo id: ProviderID) async -> BrokerError? {
        await #expect(throws: BrokerError.self) { try await broker.beginRedirect(id, returningTo: Self.uri) }
    }

    @Test("ends with an identity, and redeems the code with its verifier")
    func success() async throws {
        let broker = try makeBroker()
        let start = try await broker.beginRedirect("site", returningTo: Self.uri)
        #expect(start.url.contains("state=\(start.flow.state.reveal())"))
        #expect(start.url.contains("code_challenge=\(start.flow.codeChallenge)"))
        let callback = "code=abc&state=\(start.flow.state.reveal())&session_state=x"
        let identity = try await broker.login("site", with: .callback(callback, of: start.flow))
        #expect(identity.subject == "person-1")
        let body = try #require(transport.sendings.first).request.body
        #expect(String(decoding: body, as: UTF8.self) == "code=abc&code_verifier=\(start.flow.codeVerifier.reveal())")
    }

    @Test("is the only source of codes, unless the type accepts native ones")
    func nativeCode() async throws {
        let broker = try makeBroker()
        let error = try #require(await refusal(broker, of: .authorizationCode("abc")))
        #expect(error.kind == .invalidCredential && error.credential == .unused)
        #expect(error.message.contains("redirect"))
        #expect(transport.sendings.isEmpty)
        #expect(broker.credentialKinds(of: "site") == [], "no caller can present the code of a redirect")
    }

    @Test("has a state, a nonce and a verifier of 256 bits each, never the same twice")
    func randomness() async throws {
        let broker = try makeBroker()
        var flows: [RedirectFlow] = []
        for _ in 0..<100 { flows.append(try await broker.beginRedirect("site", returningTo: Self.uri).flow) }
        let texts = flows.flatMap(\.secrets).map { $0.reveal() }
        #expect(Set(texts).count == 300)
        #expect(flows.flatMap { [$0.nonce, $0.codeVerifier] }.allSatisfy { $0.byteCount == 43 })
        let states = flows.map { $0.state.reveal() }
        #expect(states.allSatisfy { $0.wholeMatch(of: /[0-9a-z]{64}/) != nil }, "WeChat takes letters and digits alone")
    }

    @Test("has the code challenge of RFC 7636 Appendix B")
    func challenge() {
        let random = RandomSource { _ in
            [
                116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214,
                191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
            ]
        }
        let flow = RedirectFlow(provider: "site", redirectURI: Self.uri, expiry: .distantFuture, randomness: random)
        #expect(flow.codeVerifier == Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(flow.codeChallenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("survives being stored")
    func storing() async throws {
        let flow = try await makeBroker().beginRedirect("site", returningTo: Self.uri).flow
        let restored = try #require(RedirectFlow(stored: flow.stored))
        #expect(restored.secrets == flow.secrets)
        #expect((restored.provider, restored.redirectURI) == (flow.provider, flow.redirectURI))
        #expect(abs(restored.expiry.timeIntervalSince(flow.expiry)) < 0.001)
        #expect(restored.isIssuerExpected == flow.isIssuerExpected)
        #expect(RedirectFlow(stored: Secret("{}")) == nil)
    }

    @Test("is read as earlier versions stored it")
    func stored() throws {
        let text = """
            {"state":"s","isIssuerExpected":true,"expiry":1767323045.875,"redirectURI":"https:\\/\\/app.example\\/in",\
            "provider":"site","codeVerifier":"v","nonce":"n"}
            """
        let flow = try #require(RedirectFlow(stored: Secret(text)))
        #expect((flow.provider, flow.redirectURI) == ("site", "https://app.example/in"))
        #expect(flow.secrets == [Secret("s"), Secret("n"), Secret("v")])
        #expect(flow.expiry == Date(timeIntervalSince1970: 1_767_323_045.875) && flow.isIssuerExpected)
        #expect(RedirectFlow(stored: Secret(text.replacing("true", with: "1"))) == nil)
    }

    /// What the browser brings back, with `STATE` for the flow's state.
    @Test(
        "is refused for a wrong answer, and nothing is sent",
        arguments: [
            ("code=abc", .invalidCredential), ("code=abc&state=", .invalidCredential),
            ("code=abc&state=wrong", .invalidCredential), ("state=STATE", .invalidCredential),
            ("code=&state=STATE", .invalidCredential), ("code=a&code=b&state=STATE", .invalidCredential),
            ("code=abc&state=STATE&state=STATE", .invalidCredential), ("code=%zz&state=STATE", .invalidCredential),
            ("code=%ff&state=STATE", .invalidCredential), ("code=a%20b&state=STATE", .invalidCredential),
            ("code=abc&state=STATE&iss=https://evil.example", .invalidCredential),
            ("error=access_denied&state=STATE", .cancelledByUser),
            ("error=access_denied&code=abc&state=STATE", .cancelledByUser),
            ("error=access_denied", .invalidCredential), ("error=login_required&state=STATE", .interactionRequired),
            ("error=server_error&state=STATE", .upstreamUnavailable), ("error=odd&state=STATE", .invalidCredential),
            ("error=invalid_scope&state=STATE", .misconfigured), ("", .invalidCredential),
        ] as [(String, BrokerError.Kind)]
    )
    func wrongAnswers(_ query: String, _ kind: BrokerError.Kind) async throws {
        let broker = try makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let callback = query.replacing("STATE", with: flow.state.reveal())
        let error = try #require(await refusal(broker, of: .callback(callback, of: flow)))
        #expect((error.kind, error.credential) == (kind, .unused))
        #expect(transport.sendings.isEmpty)
        #expect(store.auditEvents.map(\.failure) == [kind.rawValue])
    }

    @Test("is refused at another instance than the one that it began with")
    func mixUp() async throws {
        let broker = try makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await refusal(broker, of: credential, at: "another-site")?.kind == .invalidCredential)
        #expect(await refusal(broker, of: credential, at: Bench.id)?.kind == .misconfigured)
    }

    /// Whose upstream names itself (RFC 9207), with an answer that has or has not a name, and what comes of it.
    @Test(
        "checks the issuer of an answer that names one, and accepts an error without it",
        arguments: [
            (true, "code=abc", .invalidCredential), (true, "code=abc&iss=https://evil.example", .invalidCredential),
            (true, "code=abc&iss=https://upstream.example/pool/", .invalidCredential),
            (true, "error=login_required", .interactionRequired),
            (true, "error=login_required&iss=https://evil.example", .invalidCredential),
            (false, "error=login_required&iss=https://evil.example", .invalidCredential),
            (true, "code=abc&iss=https%3A%2F%2Fupstream.example%2Fpool", nil),
            (false, "code=abc&iss=https%3A%2F%2Fupstream.example%2Fpool", nil), (false, "code=abc", nil),
        ] as [(Bool, String, BrokerError.Kind?)]
    )
    func issuer(namesItself: Bool, _ answer: String, _ kind: BrokerError.Kind?) async throws {
        let broker = try makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: RedirectProvider.url(for: flow), namesItself: namesItself)
            })
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        // The flow comes back out of a session store.
        let restored = try #require(RedirectFlow(stored: flow.stored))
        let query = "\(answer)&state=\(flow.state.reveal())"
        if let kind {
            #expect(await refusal(broker, of: .callback(query, of: restored))?.kind == kind)
            #expect(transport.sendings.isEmpty)
        } else {
            #expect(try await broker.login("site", with: .callback(query, of: restored)).subject == "person-1")
        }
    }

    @Test("accepts another issuer that the type declares", arguments: [false, true])
    func otherIssuer(isRight: Bool) async throws {
        let broker = try makeBroker(.init(form: RedirectForm(issuers: ["https://login.upstream.example"])))
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let name = isRight ? "https://login.upstream.example" : "https://upstream.example/pool"
        let query = "code=abc&state=\(flow.state.reveal())&iss=\(name)"
        let kind = isRight ? nil : BrokerError.Kind.invalidCredential
        #expect(try await outcome(broker, of: .callback(query, of: flow)) == kind)
    }

    private func outcome(_ broker: Broker, of credential: Credential) async throws -> BrokerError.Kind? {
        do throws(BrokerError) {
            _ = try await broker.login("site", with: credential)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(
        "reads the code from the declared parameters, if they agree",
        arguments: [
            ("authCode=abc", nil), ("code=abc", nil), ("authCode=abc&code=abc", nil), ("authCode=&code=abc", nil),
            ("authCode=abc&code=abd", .invalidCredential), ("authCode=abc&authCode=abc", .invalidCredential),
            ("auth_code=abc", .invalidCredential),
        ] as [(String, BrokerError.Kind?)]
    )
    func codeNames(_ answer: String, _ kind: BrokerError.Kind?) async throws {
        let broker = try makeBroker(.init(form: RedirectForm(codeParameters: ["authCode", "code"])))
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let query = "\(answer)&state=\(flow.state.reveal())"
        #expect(try await outcome(broker, of: .callback(query, of: flow)) == kind)
    }

    @Test("gives the provider the further parameters that it declared, each at most once")
    func furtherParameters() async throws {
        let broker = try makeBroker(.init(form: RedirectForm(furtherParameters: ["user", "device_id"])))
        let start = try await broker.beginRedirect("site", returningTo: Self.uri)
        let query = "code=abc&state=\(start.flow.state.reveal())&user=%7B%22n%22%3A1%7D&device_id=&other=x&other=y"
        let identity = try await broker.login("site", with: .callback(query, of: start.flow))
        #expect(identity.attributes == ["user": .string(#"{"n":1}"#)])
        let again = try await broker.beginRedirect("site", returningTo: Self.uri)
        let twice = "code=abd&state=\(again.flow.state.reveal())&user=a&user=a"
        #expect(try await outcome(broker, of: .callback(twice, of: again.flow)) == .invalidCredential)
    }

    @Test("returns by the requested method", arguments: RedirectForm.ResponseMode.allCases)
    func responseMode(_ mode: RedirectForm.ResponseMode) async throws {
        let broker = try makeBroker(
            .init(form: RedirectForm(responseMode: mode)) { flow, _ in
                AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&response_mode=\(mode.rawValue)")
            })
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let text = "code=abc&state=\(flow.state.reveal())"
        for other in RedirectForm.ResponseMode.allCases where other != mode {
            #expect(try await outcome(broker, of: .callback(text, of: flow, by: other)) == .invalidCredential)
        }
        #expect(try await outcome(broker, of: .callback(text, of: flow, by: mode)) == nil)
    }

    @Test("is over after ten minutes")
    func expiry() async throws {
        let broker = try makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        clock.advance(by: .seconds(600))
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await refusal(broker, of: credential)?.kind == .credentialExpired)
    }

    @Test("is redeemed once, however often the browser comes back")
    func singleUse() async throws {
        let broker = try makeBroker()
        let flow = try await broker.beginRedirect("site", returningTo: Self.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        _ = try await broker.login("site", with: credential)
        #expect(await refusal(broker, of: credential)?.kind == .credentialAlreadyUsed)
        #expect(transport.sendings.count == 1)
    }

    /// What is replaced in a URL that is as it should be, and by what.
    @Test(
        "does not begin with a redirect that would not protect it",
        arguments: [
            ("state=", "stat="), ("state=", "state=x"), ("state=", "state=a&state="), ("&state=", "#state="),
            ("redirect_uri=", "redirect="), ("callback", "callback2"),
            ("redirect_uri=", "redirect_uri=x&redirect_uri="),
            ("code_challenge=", "challenge="), ("code_challenge=", "code_challenge=x"), ("S256", "plain"),
            ("&code_challenge_method=S256", ""), ("nonce=", "once="), ("nonce=", "nonce=x"),
            ("client_id=me", "request=eyJ"), ("client_id=me", "request_uri=urn:x"), ("client_id=me", "re%71uest=eyJ"),
            ("client_id=me", "response_type=token"), ("client_id=me", "response_type=code%20id_token"),
            ("client_id=me", "response_mode=form_post"),
            ("client_id=me", "response_mode=fragment"), ("client_id=me", "a=%zz"), ("client_id=me", "a b"),
            ("client_id=me", "a=\r\nSet-Cookie:x"), ("client_id=me", "a=ü"),
            ("client_id=me", String(repeating: "a", count: 8192)), ("https:", "javascript:"),
            ("https:", "http:"), ("https://", ""), ("upstream.example", "user@upstream.example"),
            ("upstream.example", "upstream.example\\@evil.example"), ("upstream.example", ""),
        ]
    )
    func unsafeURL(_ part: String, _ replacement: String) async throws {
        let broker = try makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: RedirectProvider.url(for: flow).replacing(part, with: replacement))
            })
        let error = await refusal(broker, ofRedirectTo: "site")
        #expect(error?.provider == "site")
        #expect(error?.kind == (replacement == "http:" ? .misconfigured : .internalError))
    }

    @Test("never shows the code verifier to a browser")
    func shownVerifier() async throws {
        let broker = try makeBroker(
            .init { flow, _ in
                AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&v=\(flow.codeVerifier.reveal())")
            })
        #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("omits the challenge if the type's upstream does not support it, and may lead to a sandbox's plain page")
    func leniency() async throws {
        let broker = try makeBroker(
            .init(form: RedirectForm(usesPKCE: false)) { flow, _ in
                let url = RedirectProvider.url(for: flow).replacing("code_challenge", with: "ignored")
                return AuthorizationRequest(
                    url: url.replacing("https://upstream.example", with: "http://127.0.0.1:8080") + "#wechat_redirect")
            })
        #expect(try await broker.beginRedirect("site", returningTo: Self.uri).url.hasSuffix("#wechat_redirect"))
    }

    @Test("begins with shared values, fetched once for all logins")
    func sharing() async throws {
        let broker = try makeBroker(
            .init { flow, context in
                let text = try await context.shared(.text("discovery"))
                return AuthorizationRequest(url: "\(RedirectProvider.url(for: flow))&found=\(text.isEmpty)")
            })
        for _ in 0..<10 {
            #expect(try await broker.beginRedirect("site", returningTo: Self.uri).url.hasSuffix("found=true"))
        }
        #expect(transport.sendings.map(\.request) == [.keys("discovery")])
    }

    @Test("may push its parameters once, which are checked like a URL", arguments: [false, true])
    func pushing(isComplete: Bool) async throws {
        let request: @Sendable (RedirectFlow) -> UpstreamRequest = { flow in
            let form = RedirectProvider.parameters(of: flow).replacing("S256", with: isComplete ? "S256" : "plain")
            return UpstreamRequest(method: .post, url: .example("par"), body: Array(form.utf8))
        }
        let broker = try makeBroker(
            .init { flow, context in
                _ = try await context.push(request(flow))
                let error = await #expect(throws: BrokerError.self) { try await context.push(request(flow)) }
                #expect(error?.kind == .internalError)
                return AuthorizationRequest(url: "https://upstream.example/authorize?client_id=me&request_uri=urn:x")
            })
        if isComplete {
            #expect(try await broker.beginRedirect("site", returningTo: Self.uri).url.hasSuffix("request_uri=urn:x"))
        } else {
            #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
        }
        #expect(transport.sendings.count == (isComplete ? 1 : 0))
    }

    @Test(
        "has nothing else in the URL once its parameters are pushed", arguments: ["nonce=x", "response_mode=fragment"])
    func besidePushed(parameter: String) async throws {
        let broker = try makeBroker(
            .init { flow, context in
                let form = RedirectProvider.parameters(of: flow)
                _ = try await context.push(
                    UpstreamRequest(method: .post, url: .example("par"), body: Array(form.utf8)))
                return AuthorizationRequest(
                    url: "https://upstream.example/authorize?client_id=me&request_uri=urn:x&\(parameter)")
            })
        #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("needs its parameters in the URL if they were not pushed")
    func notPushed() async throws {
        let broker = try makeBroker(
            .init { _, _ in AuthorizationRequest(url: "https://upstream.example/authorize?request_uri=urn:x") })
        #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .internalError)
    }

    @Test("does not wait longer than a login may take, whatever the provider does")
    func deadline() async throws {
        let gate = Gate()
        let broker = try makeBroker(
            .init { flow, _ in
                await gate.passStubbornly()
                return AuthorizationRequest(url: RedirectProvider.url(for: flow))
            })
        let start = Task { await refusal(broker, ofRedirectTo: "site")?.kind }
        try await gate.waitForArrivals()
        clock.advance(by: .seconds(10))
        #expect(await start.value == .timedOut)
        gate.open()
    }

    @Test("does not begin if the instance is disabled in the meantime")
    func killSwitch() async throws {
        let gate = Gate()
        let broker = try makeBroker(
            .init { flow, _ in
                try await gate.pass()
                return AuthorizationRequest(url: RedirectProvider.url(for: flow))
            })
        let start = Task { await refusal(broker, ofRedirectTo: "site")?.kind }
        try await gate.waitForArrivals()
        broker.setEnabled(false, for: "site")
        broker.setEnabled(true, for: "site")
        gate.open()
        #expect(await start.value == .providerDisabled)
    }

    @Test("does not begin without support for it")
    func nowhere() async throws {
        let broker = try makeBroker(.init { _, _ in throw BrokerError(.misconfigured, "No client id.") })
        #expect(await refusal(broker, ofRedirectTo: "nobody")?.kind == .unknownProvider)
        #expect(await refusal(broker, ofRedirectTo: Bench.id)?.kind == .misconfigured)
        #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .misconfigured)
        broker.setEnabled(false, for: "site")
        #expect(await refusal(broker, ofRedirectTo: "site")?.kind == .providerDisabled)
    }

    @Test("reveals neither the flow's secrets nor the answer when printed", arguments: Rendering.allCases)
    func rendering(_ rendering: Rendering) async throws {
        let flow = try await makeBroker().beginRedirect("site", returningTo: Self.uri).flow
        let text = rendering.text(of: Credential.callback("code=\(Canary.ticket)", of: flow))
        #expect(Canary.found(in: text).isEmpty)
        #expect(flow.secrets.allSatisfy { !text.contains($0.reveal()) })
    }
}
