import BrokerTesting
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import CurlTransport

@Suite("An egress proxy under a policy", .timeLimit(.minutes(15)))
struct ProxyPolicyTests {
    @Test("is checked by the egress policy, after name resolution", arguments: ["127.0.0.1", "proxy.example"])
    func proxyAddress(host: String) async throws {
        try await withProxiedUpstream(isPlain: true) { proxy, upstream in
            var policy = upstream.policy
            policy.egress.allowedNetworks = []
            policy.proxy = EgressProxy(try #require(UpstreamURL("http://\(host):\(proxy.server.port)")))
            let refusing = policy
            let request = try upstream.request(host: "login.example")
            let addresses = ["proxy.example:\(proxy.server.port):127.0.0.1"]
            let failure = try await CurlTransport.withTransport(addresses: addresses) {
                try await $0.failure(of: request, under: refusing)
            }
            #expect(failure == TransportFailure(.proxyAddressRefused, mayHaveLeft: false))
            #expect(proxy.server.connectionCount == 0)
        }
    }

    @Test("is also checked for a tunnel that another policy opened")
    func reusedTunnel() async throws {
        try await withProxiedUpstream(isPlain: true) { proxy, upstream in
            let policy = try upstream.policy(through: proxy)
            var refusing = policy
            refusing.egress.allowedNetworks = []
            let request = try upstream.request(host: "login.example")
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(request, under: policy, within: .patience)
                let failure = try await transport.failure(of: request, under: refusing)
                #expect(failure == TransportFailure(.proxyAddressRefused, mayHaveLeft: false))
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test(
        "is not asked for an address that the policy refuses, nor for its own machine",
        arguments: [
            "10.0.0.1", "169.254.169.254", "[fd00::1]", "[::ffff:10.0.0.1]", "[::1]", "localhost", "a.localhost",
        ]
    )
    func literalUpstream(host: String) async throws {
        try await withProxiedUpstream(isPlain: true) { proxy, upstream in
            var policy = try upstream.policy(through: proxy)
            policy.egress.allowedNetworks = ["127.0.0.0/8"].compactMap { IPNetwork($0) }
            let narrow = policy
            let request = try upstream.request(host: host)
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: request, under: narrow)
            }
            #expect(failure == TransportFailure(.addressRefused, mayHaveLeft: false))
            #expect(proxy.server.connectionCount == 0)
        }
    }

    @Test("does not replace the upstream's certificate")
    func upstreamCertificate() async throws {
        try await FakeUpstream.withUpstream(.certificateOfAnotherAuthority) { upstream in
            try await FakeUpstream.withUpstream(isPlain: true) { _ in
                [.tunnel(toPort: upstream.server.port)]
            } _: { proxy in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(.tlsRefused, mayHaveLeft: false))
                #expect(upstream.requests.isEmpty)
            }
        }
    }

    @Test(
        "over TLS must prove its identity",
        arguments: [
            FakeUpstream.Fault.certificateForAnotherHost, .certificateOfAnotherAuthority, .expiredCertificate,
        ]
    )
    func proxyCertificate(fault: FakeUpstream.Fault) async throws {
        try await FakeUpstream.withUpstream { upstream in
            try await FakeUpstream.withUpstream(fault) { proxy in
                let policy = try upstream.policy(through: proxy)
                let failure = try await CurlTransport.withTransport {
                    try await $0.failure(of: upstream.post(), under: policy)
                }
                #expect(failure == TransportFailure(.proxyTLSRefused, mayHaveLeft: false))
                #expect(proxy.requests.isEmpty)
            }
        }
    }

    @Test("over TLS is not vouched for by the upstream's authorities, nor the upstream by the proxy's")
    func separateTrust() async throws {
        try await withProxiedUpstream(isPlainProxy: false) { proxy, upstream in
            let policy = try upstream.policy(through: proxy)
            var swapped = policy
            swapped.caFile = proxy.caFile
            var untrusting = policy
            untrusting.proxy = EgressProxy(try #require(policy.proxy?.url), caFile: upstream.caFile)
            var trustless = policy
            trustless.proxy = EgressProxy(try #require(policy.proxy?.url))
            try await CurlTransport.withTransport { transport in
                for (policy, reason) in [
                    (swapped, TransportFailure.Reason.tlsRefused), (untrusting, .proxyTLSRefused),
                    (trustless, .trustUnavailable),
                ] {
                    let failure = try await transport.failure(of: upstream.post(), under: policy)
                    #expect(failure == TransportFailure(reason, mayHaveLeft: false))
                }
            }
            #expect(upstream.requests.isEmpty)
        }
    }
}
