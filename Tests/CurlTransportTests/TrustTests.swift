import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import CurlTransport

@Suite("Trust in an upstream", .timeLimit(.minutes(15)))
struct TrustTests {
    private static let refused = TransportFailure(.tlsRefused, mayHaveLeft: false)
    private static let unavailable = TransportFailure(.trustUnavailable, mayHaveLeft: false)

    @Test(
        "is refused to a wrong certificate and to an old version of TLS",
        arguments: [
            FakeUpstream.Fault.certificateForAnotherHost, .certificateOfAnotherAuthority, .expiredCertificate,
            .obsoleteTLSVersion,
        ])
    func handshake(fault: FakeUpstream.Fault) async throws {
        try await FakeUpstream.withUpstream(fault) { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy)
            }
            #expect(failure == Self.refused)
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("may be in a certificate for an address")
    func address() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            let request = try upstream.request(host: "127.0.0.1")
            let response = try await CurlTransport.withTransport {
                try await $0.send(request, under: upstream.policy, within: .patience)
            }
            #expect(response.status == 200)
        }
    }

    @Test("is impossible with a file that is unreadable or has no certificate")
    func unreadable() async throws {
        try await FakeUpstream.withUpstream { upstream in
            try await CurlTransport.withTransport { transport in
                for file in ["/nonexistent/ca.pem", "/dev/null", "/", #filePath] {
                    var policy = upstream.policy
                    policy.caFile = file
                    let failure = try await transport.failure(of: upstream.post(), under: policy)
                    #expect(failure == Self.unavailable, "\(file)")
                }
            }
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("is impossible if the system has no authorities, and not needed without TLS")
    func noSystemTrust() async throws {
        try await FakeUpstream.withUpstream { upstream in
            var policy = upstream.policy
            policy.caFile = nil
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: policy)
            }
            #expect(failure == Self.unavailable)
            #expect(upstream.server.connectionCount == 0)
        }
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            var policy = upstream.policy
            policy.caFile = nil
            let response = try await CurlTransport.withTransport {
                try await $0.send(upstream.post(), under: policy, within: .patience)
            }
            #expect(response.status == 200)
        }
    }

    @Test("of one policy's connection does not extend to a policy with other authorities")
    func reusedConnection() async throws {
        try await FakeUpstream.withUpstream(hasOwnAuthority: true) { stranger in
            try await FakeUpstream.withUpstream { _ in
                .json("{}")
            } _: { upstream in
                var otherPolicy = upstream.policy
                otherPolicy.caFile = stranger.caFile
                try await CurlTransport.withTransport { transport in
                    _ = try await transport.send(upstream.post("1"), under: upstream.policy, within: .patience)
                    #expect(try await transport.failure(of: upstream.post("2"), under: otherPolicy) == Self.refused)
                    _ = try await transport.send(upstream.post("3"), under: upstream.policy, within: .patience)
                }
                #expect(upstream.requests.map(\.bodyText) == ["1", "3"])
                #expect(upstream.requests.map(\.connection) == [1, 1])
            }
        }
    }

    @Test("comes from the system by default", .enabled(if: TrustStore.ofTheSystem.caFile != nil))
    func systemTrust() async throws {
        try await FakeUpstream.withUpstream { upstream in
            var policy = upstream.policy
            policy.caFile = nil
            let transport = try CurlTransport()
            #expect(try await transport.failure(of: upstream.post(), under: policy) == Self.refused)
            await transport.shutdown()
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("follows a private file that is replaced")
    func replacedFile() async throws {
        try await FakeUpstream.withUpstream(hasOwnAuthority: true) { stranger in
            try await FakeUpstream.withUpstream { _ in
                .json("{}")
            } _: { upstream in
                var policy = upstream.policy
                policy.caFile = stranger.caFile
                try await CurlTransport.withTransport { transport in
                    #expect(try await transport.failure(of: upstream.post(), under: policy) == Self.refused)
                    let replacement = try Data(contentsOf: URL(filePath: upstream.caFile))
                    try replacement.write(to: URL(filePath: stranger.caFile))
                    let response = try await transport.send(upstream.post(), under: policy, within: .patience)
                    #expect(response.status == 200)
                }
            }
        }
    }
}
