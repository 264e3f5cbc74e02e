import BrokerObservability
import BrokerTesting
import BrokerTokens
import Foundation
import HTTPTypes
import IdentityBroker
import Metrics
import Testing

@testable import BrokerServer

@Suite("Operations endpoints")
struct OperationTests {
    @Test("The service is live, and ready while its store answers and it is not stopping")
    func health() async throws {
        let bench = try await ServiceBench()
        #expect(try await bench.send(.get, "/health/live")["status"] == "live")
        #expect(try await bench.send(.get, "/health/ready")["status"] == "ready")
        bench.endpoints.context.guards.gate.announce()
        let draining = try await bench.send(.get, "/health/ready")
        #expect((draining.status, draining["status"]) == (503, "draining"))
        #expect(try await bench.send(.get, "/health/live").status == 200)
    }

    @Test(
        "A path has only one spelling",
        arguments: ["//metrics", "/metrics/", "/health//live", "/health/live/", "//health/live", "/metrics/?a=b", "//"]
    )
    func spelling(path: String) async throws {
        let bench = try await ServiceBench(metrics: PrometheusRegistry())
        let answer = try await bench.send(.get, path, from: "127.0.0.1")
        #expect((answer.status, answer["error"]) == (404, "not_found"))
        #expect(try await bench.send(.get, "/metrics?a=//b/", from: "127.0.0.1").status == 200)
    }

    @Test(
        "An answer to HEAD has the body's length and no body, whatever its status",
        arguments: [
            ("/health/live", 200), ("/oauth2/jwks", 200), ("/nothing", 404), ("/oauth2/userinfo", 401),
            ("/oauth2/token", 405), ("/providers/nobody/launch", 404), ("/metrics/", 404),
        ]
    )
    func head(path: String, status: Int) async throws {
        let answer = try await ServiceBench().send(.head, path)
        #expect(answer.status == status)
        #expect(answer.body.isEmpty)
        #expect(answer.headers[.contentLength].flatMap { Int($0) } ?? 0 > 0)
    }

    @Test("The service is not ready while its store accepts no writes, or has lost the keys")
    func unwritable() async throws {
        let store = FullStore()
        let bench = try await ServiceBench(store: store)
        #expect(try await bench.send(.get, "/health/ready").status == 200)
        store.isFull.withLock { $0 = true }
        // The store was checked a moment ago.
        #expect(try await bench.send(.get, "/health/ready").status == 200)
        bench.clock.advance(by: .seconds(1))
        let answer = try await bench.send(.get, "/health/ready")
        #expect((answer.status, answer["status"]) == (503, "store_unavailable"))
        store.isFull.withLock { $0 = false }
        bench.clock.advance(by: .seconds(1))
        #expect(try await bench.send(.get, "/health/ready").status == 200)
    }

    @Test("The service is not ready without a signing key")
    func noKey() async throws {
        let bench = try await ServiceBench(preparesKeys: false)
        let keyRing = StoredRecord(key: SigningKeys.recordKey, body: Data([1]))
        #expect(try await bench.store.commit([.put(keyRing)], at: bench.clock.date) == .done(consumed: []))
        let answer = try await bench.send(.get, "/health/ready")
        #expect((answer.status, answer["status"]) == (503, "no_signing_key"))
    }

    @Test("However many ask for readiness, the store is probed once a second")
    func probes() async throws {
        let store = FullStore()
        let bench = try await ServiceBench(store: store)
        let before = store.writes.withLock { $0 }
        for _ in 0..<10 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try await bench.send(.get, "/health/ready") } }
                try await group.waitForAll()
            }
        }
        #expect(store.writes.withLock { $0 } == before + 1)
        bench.clock.advance(by: .seconds(1))
        _ = try await bench.send(.get, "/health/ready")
        #expect(store.writes.withLock { $0 } == before + 2)
    }

    @Test("The service is not ready while its store hangs, and says so in time")
    func hanging() async throws {
        let store = FullStore()
        let bench = try await ServiceBench(store: store)
        let (held, holder) = AsyncStream<Void>.makeStream()
        store.hanging.withLock { $0 = held }
        let task = Task { try await bench.send(.get, "/health/ready") }
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(2))
        #expect(try await task.value["status"] == "store_unavailable")
        holder.finish()
    }

    @Test("The store is not probed again while it has not answered")
    func oneProbe() async throws {
        let store = FullStore()
        let bench = try await ServiceBench(store: store)
        let before = store.writes.withLock { $0 }
        let (held, holder) = AsyncStream<Void>.makeStream()
        store.hanging.withLock { $0 = held }
        let first = Task { try await bench.send(.get, "/health/ready") }
        try await bench.clock.waitForSleepers()
        bench.clock.advance(by: .seconds(1))
        let second = Task { try await bench.send(.get, "/health/ready") }
        holder.finish()
        #expect(try await first.value.status == 200)
        #expect(try await second.value.status == 200)
        #expect(store.writes.withLock { $0 } == before + 1)
    }

    @Test("The store proves that it accepts writes, even if the clock was set back")
    func clockSetBack() async throws {
        let store = FullStore()
        let bench = try await ServiceBench(store: store)
        for count in 1...3 {
            #expect(try await bench.send(.get, "/health/ready").status == 200)
            #expect(store.written.withLock { $0 } == count)
            bench.clock.advance(by: .seconds(1))
            if count == 1 { bench.clock.shiftDate(by: .seconds(-3600)) }
        }
    }

    @Test("The service keeps serving while it stops")
    func draining() async throws {
        let bench = try await ServiceBench()
        bench.endpoints.context.guards.gate.announce()
        #expect(try await bench.exchange().status == 200)
    }

    @Test("Metrics are shown only to this machine, and count requests by route")
    func metrics() async throws {
        let registry = PrometheusRegistry()
        try await withMetricsFactory(registry) {
            let bench = try await ServiceBench(metrics: registry)
            _ = try await bench.exchange()
            _ = try await bench.send(.get, "/no/such/path")
            let foreign = try await bench.send(.get, "/metrics", from: "192.0.2.1")
            #expect(foreign.status == 403)
            let local = try await bench.send(.get, "/metrics", from: "127.0.0.1")
            #expect(local.status == 200)
            #expect(
                local.text.contains(
                    #"broker_http_requests_total{method="POST",route="/oauth2/token",status="200"} 1"#))
            #expect(
                local.text.contains(#"broker_http_requests_total{method="GET",route="none",status="404"} 1"#))
            #expect(local.text.contains("broker_logins_total"))
        }
    }

    @Test("A local proxy that sends nothing readable gives no client access to the metrics, but its health check works")
    func unreadableForwarding() async throws {
        let trust = ProxyTrust(try [#require(IPNetwork("127.0.0.0/8"))])
        let bench = try await ServiceBench(trust: trust, metrics: PrometheusRegistry())
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        for value in ["unknown", "", "not an address", "198.51.100.9"] {
            let answer = try await bench.send(.get, "/metrics", headers: [forwarded: value], from: "127.0.0.1")
            #expect(answer.status == 403, "\(value)")
        }
        #expect(try await bench.send(.get, "/metrics", from: "127.0.0.1").status == 200)
    }

    @Test("Who may see the metrics can be changed while it serves")
    func adjustedNetworks() async throws {
        let bench = try await ServiceBench(metrics: PrometheusRegistry())
        #expect(try await bench.send(.get, "/metrics", from: "192.0.2.1").status == 403)
        bench.endpoints.adjust(
            clientRate: nil, addressRate: nil, metricsNetworks: try [#require(IPNetwork("192.0.2.0/24"))])
        #expect(try await bench.send(.get, "/metrics", from: "192.0.2.1").status == 200)
        #expect(try await bench.send(.get, "/metrics", from: "127.0.0.1").status == 403)
    }

    @Test("Readiness tells only operators how the running service relates to its configuration")
    func configuration() async throws {
        let status = Locked(ConfigurationStatus())
        let bench = try await ServiceBench(configuration: { status.withLock { $0 } })
        func ready(from address: String) async throws -> String {
            let answer = try await bench.send(.get, "/health/ready", from: address)
            #expect(answer.status == 200)
            return answer.text
        }
        #expect(
            try await ready(from: "127.0.0.1")
                == #"{"configuration":{"needs_restart":[],"status":"current"},"status":"ready"}"#)
        status.withLock { $0.settingsNeedingRestart = ["server.listen", "stores"] }
        #expect(
            try await ready(from: "127.0.0.1")
                == #"{"configuration":{"needs_restart":["server.listen","stores"],"status":"needs_restart"},"status":"ready"}"#
        )
        status.withLock { $0.isRefused = true }
        #expect(try await ready(from: "127.0.0.1").contains(#""status":"refused"}"#))
        #expect(try await ready(from: "192.0.2.1") == #"{"status":"ready"}"#)
    }

    @Test("Without a registry there are no metrics")
    func noMetrics() async throws {
        #expect(try await ServiceBench().send(.get, "/metrics", from: "127.0.0.1").status == 404)
    }

    @Test("A trace and a request id are accepted only from a trusted proxy")
    func scope() async throws {
        let traceparent = try #require(HTTPField.Name("traceparent"))
        let requestID = try #require(HTTPField.Name("X-Request-ID"))
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let tracestate = try #require(HTTPField.Name("tracestate"))
        let headers: HTTPFields = [
            traceparent: "00-\(trace)-00f067aa0ba902b7-01", tracestate: "a=1", requestID: "from-the-proxy",
        ]
        let bench = try await ServiceBench(trust: ProxyTrust(try [#require(IPNetwork("10.0.0.0/8"))]))
        let direct = try await bench.send(.get, "/health/live", headers: headers)
        let parent = try #require(direct.headers[traceparent])
        #expect(!parent.contains(trace) && parent.hasSuffix("-00"))
        #expect(direct.headers[tracestate] == nil)
        #expect(direct.headers[requestID] != "from-the-proxy")
        let proxied = try await bench.send(.get, "/health/live", headers: headers, from: "10.1.2.3")
        #expect(proxied.headers[requestID] == "from-the-proxy")
        let continued = try #require(proxied.headers[traceparent])
        #expect(continued.hasPrefix("00-\(trace)-") && continued.hasSuffix("-01"))
        #expect(proxied.headers[tracestate] == "a=1")
    }
}
