import BrokerTesting
import HTTPTypes
import Logging
import Metrics
import MetricsTestKit
import Testing

@testable import IdentityBroker

@Suite("A shared value", .timeLimit(.minutes(15)))
struct SharedValuesTests {
    /// An upstream that numbers its answers to what concerns nobody, and answers logins at once.
    private final class Upstream: Sendable {
        let gate = Gate()
        let count = Locked(0)
        let failures = Locked<[TransportFailure]>([])
        let status = Locked(HTTPResponse.Status.ok)
        /// Where answers wait as well; nil for nowhere.
        let hang = Locked<Gate?>(nil)

        var transport: ScriptedTransport {
            ScriptedTransport { [self] request throws(TransportFailure) in
                guard request.head.path == "/keys" else { return .ok }
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                do {
                    try await gate.pass()
                    try await hang.withLock { $0 }?.pass()
                } catch {
                    throw TransportFailure(.cancelled, mayHaveLeft: true)
                }
                let failure = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                if let failure { throw failure }
                return UpstreamResponse(status: status.withLock { $0 }, body: Array("\(number)".utf8))
            }
        }

        var requestCount: Int { count.withLock { $0 } }
    }

    private let upstream = Upstream()

    private func makeBench(
        _ value: SharedValue<String> = .text(),
        forced: Bool = false,
        limits: ProviderLimits = ProviderLimits(concurrency: 2000, queue: 0)
    ) throws -> Bench {
        try Bench(transport: upstream.transport, limits: limits) { credential, exchange in
            let text = forced ? try await exchange.refetched(value) : try await exchange.shared(value)
            _ = try await exchange.send(.redeeming(credential))
            return .person("keys-\(text)")
        }
    }

    private func subject(_ bench: Bench, _ number: Int) async throws -> String {
        try await bench.login(.ticket("ticket-\(number)")).subject
    }

    @Test("is counted by fetch and outcome, and not by login")
    func counted() async throws {
        let (metrics, bench) = (TestMetrics(), try makeBench())
        upstream.gate.open()
        try await withMetricsFactory(metrics) {
            for number in 1...3 { _ = try await subject(bench, number) }
        }
        let dimensions = [("provider", "scripted"), ("outcome", "success")]
        #expect(try metrics.expectCounter("broker_shared_fetches_total", dimensions).totalValue == 1)
    }

    @Test("is fetched once for a thousand logins that wait for it")
    func oneFetch() async throws {
        let bench = try makeBench()
        let subjects = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...1000 { group.addTask { try await subject(bench, number) } }
            try await upstream.gate.waitForArrivals()
            upstream.gate.open()
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(subjects == ["keys-1"])
        #expect(upstream.requestCount == 1)
        #expect(try await subject(bench, 1001) == "keys-1")
        #expect(bench.transport.sendings.filter { $0.request == .keys("keys") }.count == 1)
    }

    @Test("is fetched within the limits of the instance, and under no login's deadline")
    func policy() async throws {
        upstream.gate.open()
        let bench = try makeBench(limits: ProviderLimits(timeout: .seconds(7), responseSize: 1234))
        _ = try await subject(bench, 1)
        let sending = try #require(bench.transport.sendings.first)
        #expect(sending.policy.maximumBodyBytes == 1234)
        #expect(sending.timeout == .seconds(7))
    }

    @Test("is fetched for the others when the login that asked first has gone", arguments: [false, true])
    func leaving(byDeadline: Bool) async throws {
        let bench = try makeBench()
        let first = Task { try await bench.refusal(of: .ticket("ticket-1")).kind }
        try await upstream.gate.waitForArrivals()
        if byDeadline { bench.clock.advance(by: .seconds(10)) } else { first.cancel() }
        #expect(try await first.value == (byDeadline ? .timedOut : .cancelled))
        let second = Task { try await subject(bench, 2) }
        upstream.gate.open()
        #expect(try await second.value == "keys-1")
        #expect(upstream.requestCount == 1)
    }

    @Test("leaves the credential unused if it is unavailable")
    func fate() async throws {
        upstream.gate.open()
        upstream.status.withLock { $0 = .serviceUnavailable }
        let bench = try makeBench()
        let error = try await bench.refusal()
        #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
        #expect(try await bench.refusal().kind == .upstreamUnavailable)
        #expect(upstream.requestCount == 1, "the failure is remembered")
        upstream.status.withLock { $0 = .ok }
        bench.clock.advance(by: .seconds(5))
        #expect(try await subject(bench, 1) == "keys-2")
    }

    @Test("is requested again if the connection broke, but not after other failures")
    func retry() async throws {
        upstream.gate.open()
        upstream.failures.withLock { $0 = [TransportFailure(.connectionLost, mayHaveLeft: true)] }
        #expect(try await subject(makeBench(), 1) == "keys-2")
        for reason in [TransportFailure.Reason.connectionLost, .addressRefused, .tlsRefused, .bodyTooLarge, .timedOut] {
            let bench = try makeBench()
            let before = upstream.requestCount
            let failure = TransportFailure(reason, mayHaveLeft: true)
            upstream.failures.withLock { $0 = Array(repeating: failure, count: 3) }
            let kind = reason == .timedOut ? .upstreamUnavailable : failure.brokerError.kind
            #expect(try await bench.refusal().kind == kind)
            #expect(upstream.requestCount - before == (reason == .connectionLost ? 2 : 1), "\(reason)")
        }
    }

    @Test("never comes from a redirect")
    func redirect() async throws {
        upstream.gate.open()
        upstream.status.withLock { $0 = .found }
        #expect(try await makeBench().refusal().kind == .upstreamMisbehaved)
    }

    @Test("is used while the upstream fails or hangs, and then is renewed")
    func staleness() async throws {
        upstream.gate.open()
        let bench = try makeBench(.text(within: SharedValueBounds(patience: .seconds(2))))
        #expect(try await subject(bench, 1) == "keys-1")
        bench.clock.advance(by: .seconds(600))
        upstream.status.withLock { $0 = .badGateway }
        #expect(try await subject(bench, 2) == "keys-1")
        #expect(try await subject(bench, 3) == "keys-1")
        #expect(upstream.requestCount == 2)
        #expect(bench.log.entries.filter { "\($0)".contains("the old one serves") }.count == 1)
        upstream.status.withLock { $0 = .ok }
        bench.clock.advance(by: .seconds(5))
        #expect(try await subject(bench, 4) == "keys-3")
        #expect(bench.log.mentions("is fetched again"))
    }

    @Test("does not keep a login waiting for a hanging upstream if there is an old value")
    func hanging() async throws {
        upstream.gate.open()
        let bench = try makeBench(.text(within: SharedValueBounds(patience: .seconds(2))))
        #expect(try await subject(bench, 1) == "keys-1")
        bench.clock.advance(by: .seconds(600))
        let hang = Gate()
        upstream.hang.withLock { $0 = hang }
        let second = Task { try await subject(bench, 2) }
        try await hang.waitForArrivals()
        // The login's deadline, the wait's, and the patience with the upstream.
        try await bench.clock.waitForSleepers(3)
        bench.clock.advance(by: .seconds(2))
        #expect(try await second.value == "keys-1")
        #expect(try await subject(bench, 3) == "keys-1", "the others do not even wait that long")
        #expect(upstream.requestCount == 2)
        hang.open()
    }

    @Test("is refetched when a login finds it out of date, now and then and once for all")
    func refetch() async throws {
        upstream.gate.open()
        let bench = try makeBench(forced: true)
        #expect(try await subject(bench, 1) == "keys-1")
        for number in 2..<100 { #expect(try await subject(bench, number) == "keys-1") }
        bench.clock.advance(by: .seconds(30))
        for number in 100..<200 { #expect(try await subject(bench, number) == "keys-2") }
        #expect(upstream.requestCount == 2)
    }

    @Test("does not depend on the time of day")
    func clockSteps() async throws {
        upstream.gate.open()
        let bench = try makeBench()
        // By less than a ticket is remembered.
        for (number, step) in [0, 40_000, -70_000, 30_000].enumerated() {
            bench.clock.shiftDate(by: .seconds(step))
            #expect(try await subject(bench, number) == "keys-1")
        }
        bench.clock.advance(by: .seconds(600))
        bench.clock.shiftDate(by: .seconds(-40_000))
        #expect(try await subject(bench, 5) == "keys-2")
    }

    @Test("is dropped with the instance, and kept by the kill switch")
    func replacement() async throws {
        upstream.gate.open()
        let bench = try makeBench()
        #expect(try await subject(bench, 1) == "keys-1")
        bench.broker.setEnabled(false, for: Bench.id)
        bench.broker.setEnabled(true, for: Bench.id)
        #expect(try await subject(bench, 2) == "keys-1")
        let script: ScriptedProvider.Script = { _, exchange in try await .person("keys-\(exchange.shared(.text()))") }
        try bench.broker.replaceProviders(with: [Bench.instance(Bench.id, script)])
        #expect(try await subject(bench, 3) == "keys-2")
        try bench.broker.replaceProviders(with: [], keeping: [Bench.id])
        #expect(try await subject(bench, 4) == "keys-2")
    }

    @Test("is separate for each instance")
    func separation() async throws {
        upstream.gate.open()
        let script: ScriptedProvider.Script = { _, exchange in try await .person("keys-\(exchange.shared(.text()))") }
        let broker = try Broker(
            providers: [Bench.instance("one", script), Bench.instance("two", script)], transport: upstream.transport)
        for (id, subject) in [("one", "keys-1"), ("two", "keys-2"), ("one", "keys-1")] as [(ProviderID, String)] {
            #expect(try await broker.login(id, with: .idToken("t"), until: .far).subject == subject)
        }
    }

    @Test("differs by name, request and type")
    func identity() async throws {
        upstream.gate.open()
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            let one = try await exchange.shared(.text())
            let number = try await exchange.shared(
                SharedValue("keys", from: .keys("keys")) { Int(String(decoding: $0.body, as: UTF8.self)) ?? 0 })
            let other = try await exchange.shared(SharedValue("other", from: .keys("keys")) { "\($0.body.count)" })
            return .person("\(one)-\(number)-\(other)")
        }
        #expect(try await subject(bench, 1) == "1-2-1")
        #expect(try await subject(bench, 2) == "1-2-1")
        #expect(upstream.requestCount == 3)
    }

    @Test("is never requested with a login's credential, nor by a provider that outlives its login")
    func credential() async throws {
        upstream.gate.open()
        let shared = SharedValue("keys", from: .redeeming(.ticket("ticket-1"))) { "\($0.body.count)" }
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            try await .person(exchange.shared(shared))
        }
        #expect(try await bench.refusal().kind == .internalError)
        #expect(bench.transport.sendings.isEmpty)

        let kept = Locked<ExchangeContext?>(nil)
        let other = try Bench(transport: upstream.transport) { _, exchange in
            kept.withLock { $0 = exchange }
            return .person
        }
        _ = try await other.login()
        let exchange = try #require(kept.withLock { $0 })
        let error = await #expect(throws: BrokerError.self) { try await exchange.refetched(.text()) }
        #expect(error?.kind == .cancelled)
        #expect(other.transport.sendings.isEmpty)
    }

    @Test("ends with the broker")
    func end() async throws {
        let bench = try makeBench()
        let login = Task { try await bench.refusal().kind }
        try await upstream.gate.waitForArrivals()
        await bench.broker.finish()
        #expect(try await login.value == .cancelled)
    }

    @Test("keeps secrets out of errors, logs and dumps")
    func secrecy() async throws {
        let transport = ScriptedTransport { request in
            UpstreamResponse(status: .ok, body: Array((request == .keys("token") ? Canary.token : "").utf8))
        }
        let token = SharedValue("token", from: .keys("token"), within: .token, lifetime: { _ in .seconds(60) }) {
            Secret(String(decoding: $0.body, as: UTF8.self))
        }
        let bench = try Bench(transport: transport) { _, exchange in
            let token = try await exchange.shared(token)
            exchange.logger.error("the token \(token.reveal())")
            throw BrokerError(.upstreamMisbehaved, "It does not like \(token.reveal()).")
        }
        let error = try await bench.refusal()
        #expect(Canary.found(in: error.message).isEmpty)
        #expect(Canary.found(in: bench.log.text).isEmpty)
        let values = try #require(bench.broker.entry(for: Bench.id)?.sharedValues)
        for rendering in Rendering.allCases {
            #expect(Canary.found(in: rendering.text(of: values)).isEmpty)
            #expect(Canary.found(in: rendering.text(of: SharedValue<String>.text(Canary.secret))).isEmpty)
        }
    }

    @Test("fails as a bug if a provider throws another error, and reports only its type")
    func defect() async throws {
        struct Odd: Error { let text = Canary.secret }
        upstream.gate.open()
        let shared = SharedValue<String>("keys", from: .keys("keys")) { _ in throw Odd() }
        let bench = try Bench(transport: upstream.transport) { _, exchange in
            try await .person(exchange.shared(shared))
        }
        #expect(try await bench.refusal().kind == .internalError)
        #expect(bench.log.mentions("Odd") && !bench.log.mentions(Canary.secret))
    }
}

extension Deadline {
    fileprivate static var far: Deadline { Deadline(in: .seconds(600), by: .system) }
}
