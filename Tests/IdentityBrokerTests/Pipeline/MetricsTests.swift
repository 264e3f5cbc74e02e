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

    @Test("make no series of ids that nobody configured")
    func unknownProviders() async throws {
        let metrics = TestMetrics()
        let bench = try Bench()
        try await withMetricsFactory(metrics) {
            for id in ["nobody", "no-one"] as [ProviderID] { _ = try await bench.refusal(at: id) }
        }
        #expect(metrics.counters.map(\.dimensions.first?.1) == ["unknown"])
    }
}
