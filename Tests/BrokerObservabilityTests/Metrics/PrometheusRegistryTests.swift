import CoreMetrics
import Testing

@testable import BrokerObservability

@Suite("The registry of metrics")
struct PrometheusRegistryTests {
    private func refused(_ registry: PrometheusRegistry, _ reason: String) -> String? {
        registry.text().split(separator: "\n")
            .first { $0.hasPrefix("prometheus_registry_refused_total{reason=\"\(reason)\"}") }
            .flatMap { $0.split(separator: " ").last }
            .map { String($0) }
    }

    @Test("recognizes a metric, whatever the order of its labels")
    func same() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "a.b", dimensions: [("x", "1"), ("y", "2")]).increment(by: 1)
        registry.makeCounter(label: "a-b", dimensions: [("y", "2"), ("x", "1")]).increment(by: 1)
        #expect(registry.text().contains(#"a_b{x="1",y="2"} 2"#))
        #expect(
            registry.makeTimer(label: "t", dimensions: [("x", "1")])
                === registry.makeTimer(label: "t", dimensions: [("x", "1")]))
    }

    @Test("takes the first of two labels with one name")
    func twice() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "c", dimensions: [("a.b", "1"), ("a-b", "2")]).increment(by: 1)
        #expect(registry.text().contains("c{a_b=\"1\"} 1\n"))
    }

    @Test("does not mistake part of a value for a label")
    func values() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "c", dimensions: [("a", "1"), ("b", "2")]).increment(by: 1)
        registry.makeCounter(label: "c", dimensions: [("a", "1\",b=\"2")]).increment(by: 1)
        #expect(registry.text().contains(#"c{a="1",b="2"} 1"#))
        #expect(registry.text().contains(#"c{a="1\",b=\"2"} 1"#))
    }

    @Test("keeps a limited number of series, and counts the others")
    func capacity() {
        let registry = PrometheusRegistry(capacity: 10)
        for number in 0..<1_000 {
            registry.makeCounter(label: "c", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        let text = registry.text()
        #expect(text.split(separator: "\n").count { $0.hasPrefix("c{") } == 8)
        #expect(refused(registry, "capacity") == "992")
        registry.makeCounter(label: "c", dimensions: [("n", "0")]).increment(by: 1)
        #expect(registry.text().contains("c{n=\"0\"} 2\n"))
    }

    @Test("refuses a second metric with a used name")
    func conflict() {
        let registry = PrometheusRegistry()
        registry.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
        registry.makeCounter(label: "t", dimensions: []).increment(by: 7)
        registry.makeCounter(label: "t_count", dimensions: []).increment(by: 7)
        registry.makeCounter(label: "u_sum", dimensions: []).increment(by: 7)
        registry.makeTimer(label: "u", dimensions: []).recordNanoseconds(1)
        let text = registry.text()
        #expect(text.split(separator: "\n").count { $0.hasPrefix("# TYPE t") } == 1)
        #expect(text.contains("t_count 1\n"))
        #expect(text.contains("u_sum 7\n"))
        #expect(!text.contains("u_bucket"))
        #expect(refused(registry, "conflict") == "3")
    }

    @Test("forgets a metric that is destroyed, and its name")
    func destroy() {
        let registry = PrometheusRegistry()
        let timer = CoreMetrics.Timer(label: "t", factory: registry)
        let counter = Counter(label: "c", dimensions: [("n", "1")], factory: registry)
        let other = Counter(label: "c", dimensions: [("n", "2")], factory: registry)
        timer.destroy()
        counter.destroy()
        other.increment()
        #expect(!registry.text().contains("# TYPE t"))
        #expect(registry.text().contains("c{n=\"2\"} 1\n"))
        #expect(!registry.text().contains("c{n=\"1\"}"))
        Gauge(label: "t", factory: registry).record(3)
        #expect(registry.text().contains("t 3\n"))
    }

    @Test("loses nothing with many threads")
    func threads() async {
        let registry = PrometheusRegistry(timerBounds: [1])
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for number in 0..<1_000 {
                        let dimensions = [("n", "\(number % 4)")]
                        Counter(label: "c", dimensions: dimensions, factory: registry).increment()
                        CoreMetrics.Timer(label: "t", factory: registry).recordNanoseconds(1_000_000_000)
                        if number % 100 == 0 { _ = registry.text() }
                    }
                }
            }
        }
        let text = registry.text()
        for number in 0..<4 { #expect(text.contains("c{n=\"\(number)\"} 2000\n")) }
        #expect(text.contains("t_bucket{le=\"1\"} 8000\nt_bucket{le=\"+Inf\"} 8000\nt_sum 8000\nt_count 8000\n"))
    }
}
