import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A connection that is lost", .timeLimit(.minutes(15)))
struct ConnectionLossTests {
    private static let lost = TransportFailure(.connectionLost, mayHaveLeft: true)

    @Test(
        "before or during the answer leaves the request in doubt",
        arguments: [
            FakeUpstream.Fault.resetBeforeResponse, .closeBeforeResponse, .resetInBody,
        ])
    func inAnswer(fault: FakeUpstream.Fault) async throws {
        try await FakeUpstream.withUpstream(fault) { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == Self.lost)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("in the handshake has sent nothing")
    func inHandshake() async throws {
        try await FakeUpstream.withUpstream(.resetInHandshake) { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect([.connectionFailed, .tlsRefused].contains(failure.reason))
            #expect(!failure.mayHaveLeft)
        }
    }

    @Test("because no server listens was never established")
    func refused() async throws {
        let port = try ReservedPort()
        let url = try #require(UpstreamURL("http://127.0.0.1:\(port.number)"))
        let egress = EgressPolicy(allowedNetworks: .loopback, allowsInsecureHTTP: true)
        let failure = try await CurlTransport.withTransport {
            try await $0.failure(of: .post(json: [], to: url), under: TransportPolicy(egress: egress))
        }
        #expect(failure == TransportFailure(.connectionFailed, mayHaveLeft: false))
    }

    @Test("because no server listens at an address is replaced by one to the name's next address")
    func nextAddress() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            let silent = (2...31).map { "127.0.0.\($0)," }.joined()
            let entry = "login.example:\(upstream.server.port):\(silent)127.0.0.1"
            var policy = upstream.policy
            policy.connectTimeout = .seconds(5)  // too short if there were a pause before each next address
            try await CurlTransport.withTransport(addresses: [entry]) { transport in
                let request = try upstream.request(host: "login.example")
                let response = try await transport.send(request, under: policy, within: .patience)
                #expect(response.status == 200)
            }
        }
    }

    // libcurl repeats a request by itself if a connection that it reuses ends before the first byte of an answer.
    @Test(
        "under the second request on it never makes libcurl send that request again",
        arguments: [ServerScript.reset, .close, .closeWithoutNotify], [false, true]
    )
    func noRepeat(end: ServerScript, isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            upstream.enqueue(.json("{}"), end)
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(upstream.post("1"), under: upstream.policy, within: .patience)
                let failure = try await transport.failure(of: upstream.post("2"), under: upstream.policy)
                #expect(failure == Self.lost)
            }
            #expect(upstream.requests.map(\.bodyText) == ["1", "2"])
            #expect(upstream.server.connectionCount == 1)
        }
    }

    @Test("under a request does not make libcurl send it on another that is idle", arguments: [false, true])
    func noRepeatOnIdleConnection(isPlain: Bool) async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            upstream.enqueue(.json("{}").held(at: turnstile), .json("{}").held(at: turnstile), .reset)
            try await CurlTransport.withTransport { transport in
                async let first = transport.send(upstream.post("1"), under: upstream.policy, within: .patience)
                async let second = transport.send(upstream.post("1"), under: upstream.policy, within: .patience)
                try await turnstile.waitUntilHeld(2)
                turnstile.open()
                _ = try await (first, second)
                let failure = try await transport.failure(of: upstream.post("2"), under: upstream.policy)
                #expect(failure == Self.lost)
            }
            #expect(upstream.requests.map(\.bodyText) == ["1", "1", "2"])
        }
    }
}
