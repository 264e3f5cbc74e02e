import BrokerTesting
import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("A pushed authorization request", .timeLimit(.minutes(15)))
struct PushAdmissionTests {
    private let clock = TestClock()

    private func makeBroker(_ transport: ScriptedTransport, limits: ProviderLimits) throws -> Broker {
        let settings = RedirectProvider.Settings { flow, context in
            let form = RedirectProvider.parameters(of: flow)
            let response = try await context.push(
                UpstreamRequest(method: .post, url: .example("par"), body: Array(form.utf8)))
            guard response.status == .ok else { throw BrokerError(.upstreamUnavailable, "No.") }
            return AuthorizationRequest(url: "https://upstream.example/authorize?client_id=me&request_uri=urn:x")
        }
        let instance = try ProviderInstance(
            RedirectProvider.self, settings: settings, context: ProviderContext(id: "site"), limits: limits)
        return try Broker(
            providers: [instance], transport: transport, clock: BrokerClock(clock, now: clock.wallClock))
    }

    private func begin(_ broker: Broker) async throws(BrokerError) -> String {
        try await broker.beginRedirect("site", returningTo: "https://app.example/callback").url
    }

    private func refusal(_ broker: Broker) async -> BrokerError.Kind? {
        await #expect(throws: BrokerError.self) { try await begin(broker) }?.kind
    }

    @Test(
        "opens the circuit breaker where the upstream fails, and is then refused unsent",
        arguments: [HTTPResponse.Status.badGateway, nil]
    )
    func breaker(status: HTTPResponse.Status?) async throws {
        let transport = ScriptedTransport { _ throws(TransportFailure) in
            guard let status else { throw TransportFailure(.connectionFailed, mayHaveLeft: false) }
            return UpstreamResponse(status: status)
        }
        let broker = try makeBroker(
            transport, limits: ProviderLimits(breaker: CircuitBreakerLimit(failures: 3, openFor: .seconds(10))))
        for _ in 1...4 { #expect(await refusal(broker) == .upstreamUnavailable) }
        #expect(transport.sendings.count == 3)
        clock.advance(by: .seconds(10))
        #expect(await refusal(broker) == .upstreamUnavailable)
        #expect(transport.sendings.count == 4)
    }

    @Test("does not close the breaker that exchanges have opened or will open")
    func success() async throws {
        let transport = ScriptedTransport { request throws(TransportFailure) in
            guard request.head.path == "/par" else { throw TransportFailure(.connectionFailed, mayHaveLeft: false) }
            return .ok
        }
        let broker = try makeBroker(
            transport, limits: ProviderLimits(breaker: CircuitBreakerLimit(failures: 2, openFor: .seconds(10))))
        for code in 1...2 {
            let flow = try await broker.beginRedirect("site", returningTo: "https://app.example/callback").flow
            let callback = Credential.callback("code=\(code)&state=\(flow.state.reveal())", of: flow)
            _ = await #expect(throws: BrokerError.self) { try await broker.login("site", with: callback) }
        }
        #expect(await refusal(broker) == .upstreamUnavailable)
        #expect(transport.sendings.count == 4)
    }

    @Test("waits for its turn, and gives its place back")
    func concurrency() async throws {
        let gate = Gate()
        let broker = try makeBroker(.waiting(at: gate), limits: ProviderLimits(concurrency: 1))
        async let first = begin(broker)
        try await gate.waitForArrivals()
        async let second = begin(broker)
        try await clock.waitForSleepers(3)
        gate.open()
        #expect(try await [first, second].allSatisfy { $0.hasSuffix("request_uri=urn:x") })
    }

    @Test("counts toward the rate of the instance")
    func rate() async throws {
        let transport = ScriptedTransport()
        let broker = try makeBroker(
            transport, limits: ProviderLimits(rate: RateLimit(logins: 1, per: .seconds(60))))
        _ = try await begin(broker)
        #expect(await refusal(broker) == .rateLimited)
        #expect(transport.sendings.count == 1)
    }
}
