import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A login by redirect", .timeLimit(.minutes(15)))
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

    @Test("ends with an identity, and redeems the code with the proof of who asked for it")
    func success() async throws {
        let broker = try makeBroker()
        let start = try broker.beginRedirect("site", returningTo: Self.uri)
        #expect(start.url.contains("state=\(start.flow.state.reveal())"))
        #expect(start.url.contains("code_challenge=\(start.flow.codeChallenge)"))
        let callback = "code=abc&state=\(start.flow.state.reveal())&session_state=x"
        let identity = try await broker.login("site", with: .callback(callback, of: start.flow))
        #expect(identity.subject == "person-1")
        let body = try #require(transport.sendings.first).request.body
        #expect(String(decoding: body, as: UTF8.self) == "code=abc&code_verifier=\(start.flow.codeVerifier.reveal())")
    }

    @Test("is the only way for a code to come, unless the type says that it accepts one without")
    func nativeCode() async throws {
        let broker = try makeBroker()
        let error = try #require(await refusal(broker, of: .authorizationCode("abc")))
        #expect(error.kind == .invalidCredential && error.credential == .unused)
        #expect(error.message.contains("redirect"))
        #expect(transport.sendings.isEmpty)
        #expect(broker.credentialKinds(of: "site") == [], "no caller can present the code of a redirect")
    }

    @Test("has a state, a nonce and a verifier of 256 bits each, never the same twice")
    func randomness() throws {
        let broker = try makeBroker()
        let flows = try (0..<100).map { _ in try broker.beginRedirect("site", returningTo: Self.uri).flow }
        let texts = flows.flatMap(\.secrets).map { $0.reveal() }
        #expect(Set(texts).count == 300)
        #expect(texts.allSatisfy { $0.utf8.count == 43 })
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
    func storing() throws {
        let flow = try makeBroker().beginRedirect("site", returningTo: Self.uri).flow
        let restored = try #require(RedirectFlow(stored: flow.stored))
        #expect(restored.secrets == flow.secrets)
        #expect((restored.provider, restored.redirectURI) == (flow.provider, flow.redirectURI))
        #expect(abs(restored.expiry.timeIntervalSince(flow.expiry)) < 0.001)
        #expect(RedirectFlow(stored: Secret("{}")) == nil)
    }

    /// What the browser brings back, with `STATE` for the flow's state.
    @Test(
        "is refused where the answer is not the right one, and nothing is sent",
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
        let flow = try broker.beginRedirect("site", returningTo: Self.uri).flow
        let callback = query.replacing("STATE", with: flow.state.reveal())
        let error = try #require(await refusal(broker, of: .callback(callback, of: flow)))
        #expect((error.kind, error.credential) == (kind, .unused))
        #expect(transport.sendings.isEmpty)
        #expect(store.auditEvents.map(\.failure) == [kind.rawValue])
    }

    @Test("is refused at another instance than the one that it began with")
    func mixUp() async throws {
        let broker = try makeBroker()
        let flow = try broker.beginRedirect("site", returningTo: Self.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await refusal(broker, of: credential, at: "another-site")?.kind == .invalidCredential)
        #expect(await refusal(broker, of: credential, at: Bench.id)?.kind == .misconfigured)
    }

    @Test("is refused without the upstream's name where that always gives it (RFC 9207)")
    func issuer() async throws {
        let broker = try makeBroker(.init(namesItself: true))
        let flow = try broker.beginRedirect("site", returningTo: Self.uri).flow
        let query = "code=abc&state=\(flow.state.reveal())"
        #expect(await refusal(broker, of: .callback(query, of: flow))?.kind == .invalidCredential)
        let named = "\(query)&iss=https%3A%2F%2Fupstream.example%2Fpool"
        #expect(try await broker.login("site", with: .callback(named, of: flow)).subject == "person-1")
    }

    @Test("is over after ten minutes")
    func expiry() async throws {
        let broker = try makeBroker()
        let flow = try broker.beginRedirect("site", returningTo: Self.uri).flow
        clock.advance(by: .seconds(600))
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        #expect(await refusal(broker, of: credential)?.kind == .credentialExpired)
    }

    @Test("is redeemed once, however often the browser comes back")
    func singleUse() async throws {
        let broker = try makeBroker()
        let flow = try broker.beginRedirect("site", returningTo: Self.uri).flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        _ = try await broker.login("site", with: credential)
        #expect(await refusal(broker, of: credential)?.kind == .credentialAlreadyUsed)
        #expect(transport.sendings.count == 1)
    }

    @Test(
        "does not begin with a redirect that has not exactly the state of its flow",
        arguments: ["", "state=", "state=mine", "state=a&state=b"]
    )
    func forgottenState(_ state: String) throws {
        let broker = try makeBroker(.init(state: state))
        let error = #expect(throws: BrokerError.self) { try broker.beginRedirect("site", returningTo: Self.uri) }
        #expect((error?.kind, error?.provider) == (.internalError, "site"))
    }

    @Test("does not begin where there is none to begin")
    func nowhere() throws {
        let broker = try makeBroker(.init(error: BrokerError(.misconfigured, "No client id.")))
        let kinds = (["nobody", Bench.id, "site"] as [ProviderID]).map { id in
            #expect(throws: BrokerError.self) { try broker.beginRedirect(id, returningTo: Self.uri) }?.kind
        }
        #expect(kinds == [.unknownProvider, .misconfigured, .misconfigured])
        broker.setEnabled(false, for: "site")
        let error = #expect(throws: BrokerError.self) { try broker.beginRedirect("site", returningTo: Self.uri) }
        #expect(error?.kind == .providerDisabled)
    }

    @Test("shows neither the flow's secrets nor the answer when it is turned into text", arguments: Rendering.allCases)
    func rendering(_ rendering: Rendering) throws {
        let flow = try makeBroker().beginRedirect("site", returningTo: Self.uri).flow
        let text = rendering.text(of: Credential.callback("code=\(Canary.ticket)", of: flow))
        #expect(Canary.found(in: text).isEmpty)
        #expect(flow.secrets.allSatisfy { !text.contains($0.reveal()) })
    }
}
