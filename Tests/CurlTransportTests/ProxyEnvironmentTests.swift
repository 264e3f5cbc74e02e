import BrokerTesting
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import CurlTransport

@Suite("An egress proxy in the environment", .timeLimit(.minutes(15)))
struct ProxyEnvironmentTests {
    @Test(
        "is ignored, and named if there is no connection without it",
        arguments: [
            (["HTTPS_PROXY": "http://proxy:1"], "HTTPS_PROXY"), (["https_proxy": "http://proxy:1"], "https_proxy"),
            (["ALL_PROXY": "socks5://proxy:1"], "ALL_PROXY"), (["HTTPS_PROXY": "", "all_proxy": "p"], "all_proxy"),
            (["HTTP_PROXY": "http://proxy:1", "NO_PROXY": "*"], nil), ([:], nil),
        ]
    )
    func environment(variables: [String: String], named: String?) async throws {
        let port = try ReservedPort()
        let url = try #require(UpstreamURL("https://127.0.0.1:\(port.number)"))
        try await FakeUpstream.withUpstream { upstream in
            let failure = try await CurlTransport.withTransport(environment: variables) {
                try await $0.failure(of: .post(json: [], to: url), under: upstream.policy)
            }
            let expected = TransportFailure(.connectionFailed, mayHaveLeft: false, ignoredProxyVariable: named)
            #expect(failure == expected)
        }
    }

    @Test("is not named for a failure after connecting")
    func environmentBesideAConnection() async throws {
        try await FakeUpstream.withUpstream(.resetBeforeResponse) { upstream in
            let failure = try await CurlTransport.withTransport(environment: ["HTTPS_PROXY": "http://proxy:1"]) {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == TransportFailure(.connectionLost, mayHaveLeft: true))
        }
    }
}
