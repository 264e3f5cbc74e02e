import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("The egress policy", .timeLimit(.minutes(15)))
struct EgressTests {
    private static let refused = TransportFailure(.addressRefused, mayHaveLeft: false)

    @Test(
        "refuses this machine by default, however its address is spelled",
        arguments: ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]"]
    )
    func loopback(host: String) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let request = try upstream.request(host: host)
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: request, under: upstream.refusingPolicy)
            }
            #expect(failure == Self.refused)
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("that allows an IPv4 network allows it in the IPv4-mapped spelling")
    func mapped() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            let request = try upstream.request(host: "[::ffff:127.0.0.1]")
            let response = try await CurlTransport.withTransport {
                try await $0.send(request, under: upstream.policy, within: .patience)
            }
            #expect(response.status == 200)
        }
    }

    @Test("checks what a name resolves to")
    func rebinding() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let port = upstream.server.port
            try await CurlTransport.withTransport(addresses: ["login.example:\(port):127.0.0.1"]) { transport in
                let request = try upstream.request(host: "login.example")
                #expect(try await transport.failure(of: request, under: upstream.refusingPolicy) == Self.refused)
            }
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("permits a name by its one permitted address")
    func mixedAddresses() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            let refused = (1...30).map { "10.0.0.\($0)," }.joined()
            let entry = "login.example:\(upstream.server.port):\(refused)127.0.0.1"
            var policy = upstream.policy
            policy.connectTimeout = .seconds(5)  // too short if there were a pause before each next address
            try await CurlTransport.withTransport(addresses: [entry]) { transport in
                let request = try upstream.request(host: "login.example")
                let response = try await transport.send(request, under: policy, within: .patience)
                #expect(response.status == 200)
            }
        }
    }

    @Test("applies to a connection that another policy opened", arguments: [false, true])
    func reusedConnection(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(upstream.post("1"), under: upstream.policy, within: .patience)
                let failure = try await transport.failure(of: upstream.post("2"), under: upstream.refusingPolicy)
                #expect(failure == Self.refused)
                _ = try await transport.send(upstream.post("3"), under: upstream.policy, within: .patience)
            }
            #expect(upstream.requests.map(\.bodyText) == ["1", "3"])
        }
    }

    @Test("refuses plain HTTP by default")
    func plainHTTP() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { upstream in
            var policy = upstream.policy
            policy.egress.allowsInsecureHTTP = false
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: policy)
            }
            #expect(failure == TransportFailure(.insecureRefused, mayHaveLeft: false))
            #expect(upstream.server.connectionCount == 0)
        }
    }
}
