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
        "opens the circuit breaker if the upstream fails, and is then refused unsent",
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

    @Test("opens the circuit breaker if the upstream hangs")
    func hanging() async throws {
        let gate = Gate()
        let broker = try makeBroker(
            .waiting(at: gate), limits: ProviderLimits(breaker: CircuitBreakerLimit(failures: 1)))
        async let first = refusal(broker)
        try await gate.waitForArrivals()
        clock.advance(by: .seconds(10))
        #expect(await first == .timedOut)
        #expect(await refusal(broker) == .upstreamUnavailable)
    }

    @Test("does not blame the upstream for the time that it waited for its turn")
    func waiting() async throws {
        let (gate, second, count) = (Gate(), Gate(), Locked(0))
        let transport = ScriptedTransport { _ throws(TransportFailure) in
            let number = count.withLock { count in
                count += 1
                return count
            }
            do { try await (number == 1 ? gate : second).pass() } catch {
                throw TransportFailure(.cancelled, mayHaveLeft: true)
            }
            return .ok
        }
        let broker = try makeBroker(
            transport, limits: ProviderLimits(concurrency: 1, breaker: CircuitBreakerLimit(failures: 1)))
        async let one = begin(broker)
        try await gate.waitForArrivals()
        async let two = refusal(broker)
        try await clock.waitForSleepers(3)
        clock.advance(by: .seconds(6))
        gate.open()
        _ = try await one
        try await second.waitForArrivals()
        clock.advance(by: .seconds(4))
        #expect(await two == .timedOut)
        second.open()
        #expect(try await begin(broker).hasSuffix("request_uri=urn:x"))
    }

    private func exchange(_ broker: Broker, code: String) async throws -> BrokerError.Kind? {
        let flow = try await broker.beginRedirect("site", returningTo: "https://app.example/callback").flow
        let callback = Credential.callback("code=\(code)&state=\(flow.state.reveal())", of: flow)
        return await #expect(throws: BrokerError.self) { try await broker.login("site", with: callback) }?.kind
    }

    @Test("neither closes a breaker opened by exchanges, nor takes the place of the login that probes the upstream")
    func success() async throws {
        let transport = ScriptedTransport { request throws(TransportFailure) in
            guard request.head.path == "/par" else { throw TransportFailure(.connectionFailed, mayHaveLeft: false) }
            return .ok
        }
        let broker = try makeBroker(
            transport, limits: ProviderLimits(breaker: CircuitBreakerLimit(failures: 2, openFor: .seconds(10))))
        for code in ["1", "2"] { #expect(try await exchange(broker, code: code) == .upstreamUnavailable) }
        #expect(await refusal(broker) == .upstreamUnavailable)
        #expect(transport.sendings.count == 4)
        clock.advance(by: .seconds(10))
        // The push succeeds and the exchange fails, which opens the breaker again.
        #expect(try await exchange(broker, code: "3") == .upstreamUnavailable)
        #expect(transport.sendings.count == 6)
        #expect(await refusal(broker) == .upstreamUnavailable)
        #expect(transport.sendings.count == 6)
    }

    @Test("waits for its turn, and returns its place")
    func concurrency() async throws {
        let gate = Gate()
        let broker = try makeBroker(.waiting(at: gate), limits: ProviderLimits(concurrency: 1))
        async let first = begin(broker)
        try await gate.waitForArrivals()
        async let second = begin(broker)
        try await clock.waitForSleepers(3)
        gate.open()
        #expect(try await [first, second].allSatisfy { $0.hasSuffix("request_uri=urn:x") })
        #expect(try await begin(broker).hasSuffix("request_uri=urn:x"))
    }

    @Test("does not count toward the rate of logins, since the login that it begins will")
    func rate() async throws {
        let broker = try makeBroker(
            ScriptedTransport(), limits: ProviderLimits(rate: RateLimit(logins: 1, per: .seconds(60))))
        for _ in 1...3 { _ = try await begin(broker) }
    }
}
