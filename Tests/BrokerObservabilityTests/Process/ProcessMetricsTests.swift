import Testing

@testable import BrokerObservability

@Suite("The process's metrics")
struct ProcessMetricsTests {
    @Test("are read from a line whose program has spaces and parentheses in its name")
    func status() throws {
        let line =
            "4711 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 1250 250 13 14 20 0 42 0 987654 123456789 4096 18446744073709551615 1\n"
        let status = try #require(ProcessStatus(line))
        #expect(status.processorTicks == 1500)
        #expect(status.threads == 42)
        #expect(status.startTicks == 987_654)
        #expect(status.virtualBytes == 123_456_789)
        #expect(status.residentPages == 4096)
    }

    @Test("are absent if the line has another form", arguments: ["", "1 (a", "1 (a) S 1 2", "1 (a) S x y z"])
    func garbage(line: String) {
        #expect(ProcessStatus(line) == nil)
    }

    @Test("have the names of Prometheus's client libraries, and sensible values")
    func values() throws {
        let registry = PrometheusRegistry()
        registry.observe(ProcessMetrics().current)
        let lines = registry.text().split(separator: "\n")
        func value(_ name: String) throws -> Double {
            let line = try #require(lines.first { $0.hasPrefix("process_\(name) ") })
            return try #require(Double(line.split(separator: " ")[1]))
        }
        #expect(try value("cpu_seconds_total") >= 0)
        #expect(try value("resident_memory_bytes") > 1_000_000)
        #expect(try value("virtual_memory_bytes") >= value("resident_memory_bytes"))
        #expect(try (3...value("max_fds")).contains(value("open_fds")))
        #expect(try value("threads") >= 1)
        #expect(try value("start_time_seconds") > 1_500_000_000)
        #expect(lines.contains("# TYPE process_cpu_seconds_total counter"))
        #expect(lines.contains("# TYPE process_open_fds gauge"))
    }
}
