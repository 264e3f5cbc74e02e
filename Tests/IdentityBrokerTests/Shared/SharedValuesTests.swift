import BrokerTesting
import HTTPTypes
import Metrics
import MetricsTestKit
import Testing

@testable import IdentityBroker

@Suite("A shared value", .timeLimit(.minutes(15)))
struct SharedValuesTests {
    private let upstream = NumberingUpstream()

    @Test("is counted by fetch and outcome, and not by login")
    func counted() async throws {
        let (metrics, bench) = (TestMetrics(), try upstream.makeBench())
        upstream.gate.open()
        try await withMetricsFactory(metrics) {
            for number in 1...3 { _ = try await upstream.subject(bench, number) }
        }
        let dimensions = [("provider", "scripted"), ("outcome", "success")]
        #expect(try metrics.expectCounter("broker_shared_fetches_total", dimensions).totalValue == 1)
    }

    @Test("is fetched once for a thousand logins that wait for it")
    func oneFetch() async throws {
        let bench = try upstream.makeBench()
        let subjects = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...1000 { group.addTask { try await upstream.subject(bench, number) } }
            try await upstream.gate.waitForArrivals()
            upstream.gate.open()
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(subjects == ["keys-1"])
        #expect(upstream.requestCount == 1)
        #expect(try await upstream.subject(bench, 1001) == "keys-1")
        #expect(bench.transport.sendings.filter { $0.request == .keys("keys") }.count == 1)
    }

    @Test("is fetched within the limits of the instance, and under no login's deadline")
    func policy() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench(limits: ProviderLimits(timeout: .seconds(7), responseSize: 1234))
        _ = try await upstream.subject(bench, 1)
        let sending = try #require(bench.transport.sendings.first)
        #expect(sending.policy.maximumBodyBytes == 1234)
        #expect(sending.timeout == .seconds(7))
    }

    @Test("is fetched for the others if the login that asked first is gone", arguments: [false, true])
    func leaving(byDeadline: Bool) async throws {
        let bench = try upstream.makeBench()
        let first = Task { try await bench.refusal(of: .ticket("ticket-1")).kind }
        try await upstream.gate.waitForArrivals()
        if byDeadline { bench.clock.advance(by: .seconds(10)) } else { first.cancel() }
        #expect(try await first.value == (byDeadline ? .timedOut : .cancelled))
        let second = Task { try await upstream.subject(bench, 2) }
        upstream.gate.open()
        #expect(try await second.value == "keys-1")
        #expect(upstream.requestCount == 1)
    }

    @Test("leaves the credential unused if it is unavailable")
    func fate() async throws {
        upstream.gate.open()
        upstream.status.withLock { $0 = .serviceUnavailable }
        let bench = try upstream.makeBench()
        let error = try await bench.refusal()
        #expect((error.kind, error.credential) == (.upstreamUnavailable, .unused))
        #expect(try await bench.refusal().kind == .upstreamUnavailable)
        #expect(upstream.requestCount == 1, "the failure is remembered")
        upstream.status.withLock { $0 = .ok }
        bench.clock.advance(by: .seconds(5))
        #expect(try await upstream.subject(bench, 1) == "keys-2")
    }

    @Test("is requested again if the connection broke, but not after other failures")
    func retry() async throws {
        upstream.gate.open()
        upstream.failures.withLock { $0 = [TransportFailure(.connectionLost, mayHaveLeft: true)] }
        #expect(try await upstream.subject(upstream.makeBench(), 1) == "keys-2")
        for reason in [TransportFailure.Reason.connectionLost, .addressRefused, .tlsRefused, .bodyTooLarge, .timedOut] {
            let bench = try upstream.makeBench()
            let before = upstream.requestCount
            let failure = TransportFailure(reason, mayHaveLeft: true)
            upstream.failures.withLock { $0 = Array(repeating: failure, count: 3) }
            let kind = reason == .timedOut ? .upstreamUnavailable : failure.brokerError.kind
            #expect(try await bench.refusal().kind == kind)
            #expect(upstream.requestCount - before == (reason == .connectionLost ? 2 : 1), "\(reason)")
        }
    }

    @Test("is asked for again while the upstream says that it is busy, as often as the value allows", arguments: 1...4)
    func busy(answers: Int) async throws {
        upstream.gate.open()
        let value = SharedValue("keys", from: .keys("keys"), within: .token) { response in
            let text = String(decoding: response.body, as: UTF8.self)
            guard text == "\(answers)" else { throw BrokerError(.upstreamUnavailable, "Busy.") }
            return text
        }
        let bench = try upstream.makeBench(value)
        if answers <= 3 {
            #expect(try await upstream.subject(bench, 1) == "keys-\(answers)")
        } else {
            #expect(try await bench.refusal().kind == .upstreamUnavailable)
        }
        #expect(upstream.requestCount == min(answers, 3))
    }

    @Test("never comes from a redirect")
    func redirect() async throws {
        upstream.gate.open()
        upstream.status.withLock { $0 = .found }
        #expect(try await upstream.makeBench().refusal().kind == .upstreamMisbehaved)
    }

    @Test("is used while the upstream fails or hangs, and then is renewed")
    func staleness() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench(.text(within: SharedValueBounds(patience: .seconds(2))))
        #expect(try await upstream.subject(bench, 1) == "keys-1")
        bench.clock.advance(by: .seconds(600))
        upstream.status.withLock { $0 = .badGateway }
        #expect(try await upstream.subject(bench, 2) == "keys-1")
        #expect(try await upstream.subject(bench, 3) == "keys-1")
        #expect(upstream.requestCount == 2)
        #expect(bench.log.entries.filter { "\($0)".contains("the old one serves") }.count == 1)
        upstream.status.withLock { $0 = .ok }
        bench.clock.advance(by: .seconds(5))
        #expect(try await upstream.subject(bench, 4) == "keys-3")
        #expect(bench.log.mentions("is fetched again"))
    }

    @Test("does not keep a login waiting for a hanging upstream if there is an old value")
    func hanging() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench(.text(within: SharedValueBounds(patience: .seconds(2))))
        #expect(try await upstream.subject(bench, 1) == "keys-1")
        bench.clock.advance(by: .seconds(600))
        let hang = Gate()
        upstream.hang.withLock { $0 = hang }
        let second = Task { try await upstream.subject(bench, 2) }
        try await hang.waitForArrivals()
        // The login's deadline, the wait's deadline, and the timeout of the upstream.
        try await bench.clock.waitForSleepers(3)
        bench.clock.advance(by: .seconds(2))
        #expect(try await second.value == "keys-1")
        #expect(try await upstream.subject(bench, 3) == "keys-1", "the others do not even wait that long")
        #expect(upstream.requestCount == 2)
        hang.open()
    }

    @Test("is refetched when a login finds it out of date, now and then and once for all")
    func refetch() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench(forced: true)
        #expect(try await upstream.subject(bench, 1) == "keys-1")
        for number in 2..<100 { #expect(try await upstream.subject(bench, number) == "keys-1") }
        bench.clock.advance(by: .seconds(30))
        for number in 100..<200 { #expect(try await upstream.subject(bench, number) == "keys-2") }
        #expect(upstream.requestCount == 2)
    }

    @Test("does not depend on the time of day")
    func clockSteps() async throws {
        upstream.gate.open()
        let bench = try upstream.makeBench()
        // By less than the time a ticket is remembered.
        for (number, step) in [0, 40_000, -70_000, 30_000].enumerated() {
            bench.clock.shiftDate(by: .seconds(step))
            #expect(try await upstream.subject(bench, number) == "keys-1")
        }
        bench.clock.advance(by: .seconds(600))
        bench.clock.shiftDate(by: .seconds(-40_000))
        #expect(try await upstream.subject(bench, 5) == "keys-2")
    }

    @Test("ends with the broker")
    func end() async throws {
        let bench = try upstream.makeBench()
        let login = Task { try await bench.refusal().kind }
        try await upstream.gate.waitForArrivals()
        await bench.broker.finish()
        #expect(try await login.value == .cancelled)
    }
}
