import BrokerTesting
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import CurlTransport

@Suite("Without a descriptor for a connection", .timeLimit(.minutes(5)))
struct DescriptorTests {
    @Test("because the transport's limit is reached, a request fails, and succeeds once one is free")
    func most() async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}").held(at: turnstile)
        } _: { upstream in
            try await CurlTransport.withTransport(mostConnections: 1) { transport in
                let first = Task {
                    try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                }
                try await turnstile.waitUntilHeld(1)
                let failure = try await transport.failure(of: upstream.post(), under: upstream.policy)
                #expect(failure == TransportFailure(.outOfDescriptors, mayHaveLeft: false))
                turnstile.open()
                #expect(try await first.value.status == 200)
                let last = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                #expect(last.status == 200)
            }
        }
    }

    @Test("are available to another request as soon as one whose name was known is given up")
    func givenUp() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            let addresses = ["localhost:\(upstream.server.port):127.0.0.1"]
            try await CurlTransport.withTransport(mostConnections: 1, addresses: addresses) { transport in
                for _ in 1...2 {
                    let failure = try await transport.failure(
                        of: upstream.post(), under: upstream.policy, within: .milliseconds(200))
                    #expect(failure == TransportFailure(.timedOut, mayHaveLeft: false))
                }
            }
        }
    }

    @Test("because one upstream hangs, only requests to it fail, and succeed once it answers")
    func share() async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}").held(at: turnstile)
        } _: { hanging in
            try await FakeUpstream.withUpstream(isPlain: true) { _ in
                .json("{}")
            } _: { other in
                try await CurlTransport.withTransport(mostConnections: 4) { transport in
                    let held = (1...3).map { _ in
                        Task { try await transport.send(hanging.post(), under: hanging.policy, within: .patience) }
                    }
                    try await turnstile.waitUntilHeld(3)
                    let failure = try await transport.failure(of: hanging.post(), under: hanging.policy)
                    #expect(failure == TransportFailure(.originAtLimit, mayHaveLeft: false))
                    let answer = try await transport.send(other.post(), under: other.policy, within: .patience)
                    #expect(answer.status == 200)
                    turnstile.open()
                    for task in held { #expect(try await task.value.status == 200) }
                    let last = try await transport.send(hanging.post(), under: hanging.policy, within: .patience)
                    #expect(last.status == 200)
                }
            }
        }
    }

    @Test("never because of idle connections to another upstream")
    func idle() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { first in
            try await FakeUpstream.withUpstream(isPlain: true) { _ in
                .json("{}")
            } _: { second in
                try await CurlTransport.withTransport(mostConnections: 1) { transport in
                    for upstream in [first, second, first, second] {
                        let answer = try await transport.send(
                            upstream.post(), under: upstream.policy, within: .patience)
                        #expect(answer.status == 200)
                    }
                }
                #expect(first.requests.map(\.connection) == [1, 1])
                #expect(second.requests.map(\.connection) == [1, 1])
            }
        }
    }

    @Test("because the process has none, a request fails, and succeeds once there is one")
    func none() async throws {
        await #expect(processExitsWith: .success) {
            for isPlain in [false, true] {
                try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
                    .json("{}")
                } _: { upstream in
                    try await CurlTransport.withTransport { transport in
                        let failure = try await OpenFileLimit.withoutFreeDescriptors {
                            try await transport.failure(of: upstream.post(), under: upstream.policy)
                        }
                        try #require(failure == TransportFailure(.outOfDescriptors, mayHaveLeft: false))
                        let answer = try await transport.send(
                            upstream.post(), under: upstream.policy, within: .patience)
                        try #require(answer.status == 200)
                    }
                }
            }
        }
    }
}
