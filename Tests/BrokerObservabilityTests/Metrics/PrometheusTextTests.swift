import CoreMetrics
import Foundation
import Testing

@testable import BrokerObservability

@Suite("Metrics in Prometheus's text format")
struct PrometheusTextTests {
    private let registry = PrometheusRegistry(timerBounds: [0.1, 1], recorderBounds: [1, 4])

    /// The lines about one metric.
    private func lines(_ name: String) -> [String] {
        registry.text().split(separator: "\n").map { String($0) }.filter { $0.contains(name) }
    }

    @Test("show a counter")
    func counter() {
        for _ in 0..<3 {
            Counter(label: "logins_total", dimensions: [("provider", "wxapp"), ("kind", "ok")], factory: registry)
                .increment(by: 2)
        }
        FloatingPointCounter(label: "work_total", factory: registry).increment(by: 0.5)
        #expect(
            lines("logins_total") == [
                "# HELP logins_total logins_total",
                "# TYPE logins_total counter",
                #"logins_total{kind="ok",provider="wxapp"} 6"#,
            ])
        #expect(lines("work_total").last == "work_total 0.5")
    }

    @Test("explain the broker's own metrics, whose names occur in the sources")
    func help() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }
        var names: Set<String> = []
        for file in files ?? [] where file.pathExtension == "swift" && !file.path().contains("+Help.swift") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /(?:label:|as:) "(broker_[a-z_]+)"/) { names.insert(String(match.1)) }
        }
        #expect(names.count > 15)
        // The code composes these names.
        names.formUnion(["accepted", "refused", "replaced"].map { "broker_connections_\($0)_total" })
        names.insert(PrometheusRegistry.refusedName)
        #expect(Set(PrometheusRegistry.brokerHelp.keys) == names)
        #expect(PrometheusRegistry.brokerHelp.values.allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") })
        Gauge(label: "broker_breaker_state", factory: registry).record(1)
        let explanation = "Circuit breaker of a provider: 0 closed, 1 half open, 2 open."
        #expect(lines("broker_breaker_state").first == "# HELP broker_breaker_state \(explanation)")
    }

    @Test("escape backslashes and line breaks in help")
    func escapedHelp() {
        let registry = PrometheusRegistry(help: ["g": "one\\two\nthree \"four\""])
        Gauge(label: "g", factory: registry).record(1)
        #expect(registry.text().contains("# HELP g one\\\\two\\nthree \"four\"\n# TYPE g gauge\n"))
    }

    @Test("show a monotonic counter")
    func monotone() {
        let counter = registry.makeFloatingPointCounter(label: "up_only", dimensions: [])
        for amount in [1, -5, .nan, .infinity] { counter.increment(by: amount) }
        registry.makeCounter(label: "up_only", dimensions: []).increment(by: -1)
        #expect(lines("up_only").last == "up_only 1")
        counter.reset()
        #expect(lines("up_only").last == "up_only 0")
    }

    @Test("show gauges and meters")
    func gauge() {
        let gauge = Gauge(label: "g", factory: registry)
        gauge.record(5)
        gauge.record(-2.5)
        let meter = Meter(label: "m", factory: registry)
        meter.set(10)
        meter.increment(by: 1.5)
        meter.decrement()
        #expect(lines("g").filter { !$0.hasPrefix("# HELP") }.prefix(2) == ["# TYPE g gauge", "g -2.5"])
        #expect(lines("m ").last == "m 10.5")
    }

    @Test(
        "show values that are not numbers", arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf")])
    func special(value: Double, text: String) {
        Gauge(label: "special", factory: registry).record(value)
        #expect(lines("special").last == "special \(text)")
    }

    @Test("show large and small numbers", arguments: [(1e300, "1e+300"), (1e-7, "1e-07"), (1e15, "1000000000000000")])
    func numbers(value: Double, text: String) {
        Gauge(label: "number", factory: registry).record(value)
        #expect(lines("number").last == "number \(text)")
    }

    @Test("show a timer as a histogram in seconds")
    func timer() {
        let timer = CoreMetrics.Timer(label: "t_seconds", dimensions: [("route", "token")], factory: registry)
        for nanoseconds in [100_000_000, 100_000_001, 5_000_000_000, -1] { timer.recordNanoseconds(nanoseconds) }
        #expect(
            lines("t_seconds").dropFirst() == [
                "# TYPE t_seconds histogram",
                #"t_seconds_bucket{route="token",le="0.1"} 2"#,
                #"t_seconds_bucket{route="token",le="1"} 3"#,
                #"t_seconds_bucket{route="token",le="+Inf"} 4"#,
                #"t_seconds_sum{route="token"} 5.200000001"#,
                #"t_seconds_count{route="token"} 4"#,
            ])
    }

    @Test("show a recorder as a histogram of its values")
    func recorder() {
        let recorder = Recorder(label: "sizes", factory: registry)
        recorder.record(1)
        recorder.record(100)
        recorder.record(Double.nan)
        #expect(
            lines("sizes").dropFirst(2) == [
                #"sizes_bucket{le="1"} 1"#, #"sizes_bucket{le="4"} 1"#, #"sizes_bucket{le="+Inf"} 2"#, "sizes_sum 101",
                "sizes_count 2",
            ])
    }

    @Test("escape what is in labels and in help")
    func escapes() {
        let registry = PrometheusRegistry(help: ["c": "a\\b\n\"c\""])
        registry.makeCounter(label: "c", dimensions: [("path", "C:\\x\n\"ü\"")]).increment(by: 1)
        let text = registry.text()
        #expect(text.contains(#"# HELP c a\\b\n"c""# + "\n"))
        #expect(text.contains(#"c{path="C:\\x\n\"ü\""} 1"# + "\n"))
    }

    @Test(
        "have names that Prometheus knows",
        arguments: [
            ("http.server-requests", "http_server_requests"), ("a:b", "a:b"), ("2xx", "_2xx"), ("", "_"),
            ("größe", "gr__e"),
            ("a\nb", "a_b"), ("٣", "_"),
        ]
    )
    func metricNames(label: String, name: String) {
        #expect(label.metricName == name)
    }

    @Test(
        "have labels whose names are not reserved",
        arguments: [
            ("a:b", "a_b"), ("__name__", "_name__"), ("le", "exported_le"), ("quantile", "exported_quantile"),
            ("1", "_1"), ("", "_"), ("_a", "_a"), ("--a", "_a"),
        ]
    )
    func labelNames(label: String, name: String) {
        #expect(label.labelName == name)
    }

    @Test("have a stable order, and end with a line feed")
    func order() {
        for label in ["b", "c", "a"] {
            for value in ["2", "1"] {
                registry.makeCounter(label: label, dimensions: [("z", value), ("y", value)]).increment(by: 1)
            }
        }
        let samples = registry.text().split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("prom") }
        #expect(
            samples == [
                #"a{y="1",z="1"} 1"#, #"a{y="2",z="2"} 1"#, #"b{y="1",z="1"} 1"#, #"b{y="2",z="2"} 1"#,
                #"c{y="1",z="1"} 1"#, #"c{y="2",z="2"} 1"#,
            ])
        #expect(registry.text().hasSuffix("\n"))
        #expect(registry.text() == registry.text())
    }
}
