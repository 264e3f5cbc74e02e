import BrokerServing
import BrokerTesting
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Limits of the service")
struct LimitTests {
    private let one = RateLimit(logins: 1, per: .seconds(10))

    @Test("Each client has its own rate")
    func clients() async throws {
        let bench = try await ServiceBench(limits: RequestLimits(clientRate: one))
        #expect(try await bench.exchange("alice.1").status == 200)
        let refused = try await bench.exchange("alice.2")
        #expect(refused.status == 429)
        #expect(refused["kind"] == "rate_limited")
        #expect(refused.headers[.retryAfter] == "10")
        #expect(try await bench.exchange("alice.3", as: "stranger:\(ServiceBench.secret)").status == 200)
        bench.clock.advance(by: .seconds(10))
        #expect(try await bench.exchange("alice.2").status == 200)
    }

    @Test("An address has a rate, which does not apply to health checks")
    func addresses() async throws {
        let bench = try await ServiceBench(limits: RequestLimits(addressRate: one))
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 200)
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 429)
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.2").status == 200)
        for _ in 0..<5 {
            #expect(try await bench.send(.get, "/health/live", from: "192.0.2.1").status == 200)
        }
    }

    @Test("A client behind a trusted proxy has its own rate, and only that proxy identifies it")
    func proxies() async throws {
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        let bench = try await ServiceBench(
            limits: RequestLimits(addressRate: one), trust: ProxyTrust(try [#require(IPNetwork("10.0.0.0/8"))]))
        for client in ["192.0.2.1", "192.0.2.2"] {
            let headers: HTTPFields = [forwarded: client]
            #expect(try await bench.send(.get, "/providers", headers: headers, from: "10.0.0.1").status == 200)
            #expect(try await bench.send(.get, "/providers", headers: headers, from: "10.0.0.1").status == 429)
        }
        for client in ["192.0.2.3", "192.0.2.4"] {
            _ = try await bench.send(.get, "/providers", headers: [forwarded: client], from: "198.51.100.1")
        }
        let last = try await bench.send(.get, "/providers", headers: [forwarded: "192.0.2.5"], from: "198.51.100.1")
        #expect(last.status == 429)
    }

    @Test("Clients whose proxy sends nothing readable share one rate, which is not the proxy's own")
    func unknownAddresses() async throws {
        let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
        let bench = try await ServiceBench(
            limits: RequestLimits(addressRate: one), trust: ProxyTrust(try [#require(IPNetwork("10.0.0.0/8"))]))
        #expect(
            try await bench.send(.get, "/providers", headers: [forwarded: "unknown"], from: "10.0.0.1").status == 200)
        #expect(
            try await bench.send(.get, "/providers", headers: [forwarded: "_hidden"], from: "10.0.0.2").status == 429)
        #expect(try await bench.send(.get, "/providers", from: "10.0.0.1").status == 200)
    }

    @Test("Rates can be changed while it serves, and an unchanged one keeps its counts")
    func adjusted() async throws {
        let bench = try await ServiceBench(limits: RequestLimits(addressRate: one))
        func adjust(client: RateLimit? = nil, address: RateLimit?) {
            bench.endpoints.adjust(clientRate: client, addressRate: address, metricsNetworks: IPNetwork.loopback)
        }
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 200)
        adjust(client: one, address: one)
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 429)
        adjust(address: RateLimit(logins: 2, per: .seconds(10)))
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 200)
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 200)
        #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 429)
        adjust(address: nil)
        for _ in 0..<3 { #expect(try await bench.send(.get, "/providers", from: "192.0.2.1").status == 200) }
    }
}
