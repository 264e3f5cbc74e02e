import BrokerTesting
import IdentityBroker
import Metrics
import MetricsTestKit
import Testing

@Suite("The metrics of a login")
struct MetricsTests {
    @Test("count every login once, by provider and outcome")
    func counts() async throws {
        let metrics = TestMetrics()
        let bench = try Bench { _, _ in throw BrokerError(.accessDenied, "No.") }
        try await withMetricsFactory(metrics) {
            for ticket in ["one", "two"] { _ = try await bench.refusal(of: .ticket(ticket)) }
        }
        let dimensions = [("provider", "scripted"), ("outcome", "access_denied")]
        #expect(try metrics.expectCounter("broker_logins_total", dimensions).totalValue == 2)
        #expect(try metrics.expectTimer("broker_login_duration_seconds", dimensions).values.count == 2)
        #expect(metrics.counters.count == 1)
    }

    @Test("count a success as one")
    func success() async throws {
        let metrics = TestMetrics()
        let bench = try Bench()
        _ = try await withMetricsFactory(metrics) { try await bench.login() }
        #expect(
            try metrics.expectCounter("broker_logins_total", [("provider", "scripted"), ("outcome", "success")])
                .totalValue == 1
        )
    }

    @Test("create no series for unconfigured ids")
    func unknownProviders() async throws {
        let metrics = TestMetrics()
        let bench = try Bench()
        try await withMetricsFactory(metrics) {
            for id in ["nobody", "no-one"] as [ProviderID] { _ = try await bench.refusal(at: id) }
        }
        #expect(metrics.counters.map(\.dimensions.first?.1) == ["unknown"])
    }

    @Test("show how many are under way and how many wait, and return to zero")
    func admission() async throws {
        let (metrics, gate) = (TestMetrics(), Gate())
        let bench = try Bench(transport: .waiting(at: gate), limits: ProviderLimits(concurrency: 1))
        try await withMetricsFactory(metrics) {
            async let first = bench.login(.ticket("one"))
            try await gate.waitForArrivals()
            async let second = bench.login(.ticket("two"))
            try await bench.clock.waitForSleepers(2)
            #expect(try metrics.expectGauge("broker_logins_under_way", [("provider", "scripted")]).lastValue == 1)
            #expect(try metrics.expectGauge("broker_logins_waiting", [("provider", "scripted")]).lastValue == 1)
            gate.open()
            _ = try await (first, second)
            #expect(try metrics.expectGauge("broker_logins_under_way", [("provider", "scripted")]).lastValue == 0)
            #expect(try metrics.expectGauge("broker_logins_waiting", [("provider", "scripted")]).lastValue == 0)
        }
    }

    @Test("show the breaker's state as a number")
    func breaker() async throws {
        let metrics = TestMetrics()
        let limits = ProviderLimits(breaker: CircuitBreakerLimit(failures: 1))
        let bench = try Bench(limits: limits) { _, _ in throw BrokerError(.upstreamUnavailable, "No.") }
        try await withMetricsFactory(metrics) {
            _ = try await bench.refusal()
            #expect(try metrics.expectGauge("broker_breaker_state", [("provider", "scripted")]).values == [0, 2])
            bench.clock.advance(by: .seconds(10))
            _ = try await bench.refusal()
            #expect(
                try metrics.expectGauge("broker_breaker_state", [("provider", "scripted")]).values == [0, 2, 1, 2])
        }
    }
}
