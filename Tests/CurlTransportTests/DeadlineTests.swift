import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A deadline", .timeLimit(.minutes(15)))
struct DeadlineTests {
    @Test("that has passed prevents the start", arguments: [Duration.zero, .seconds(-1)])
    func over(timeout: Duration) async throws {
        try await FakeUpstream.withUpstream { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy, within: timeout)
            }
            #expect(failure == TransportFailure(.timedOut, mayHaveLeft: false))
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("ends a handshake that hangs, and nothing has left")
    func handshake() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: upstream.policy, within: .milliseconds(200))
            }
            #expect(failure == TransportFailure(.timedOut, mayHaveLeft: false))
        }
    }

    @Test("for connecting is the policy's, however long the whole exchange may take")
    func connectTimeout() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            var policy = upstream.policy
            policy.connectTimeout = .milliseconds(200)
            let failure = try await CurlTransport.withTransport {
                try await $0.failure(of: upstream.post(), under: policy, within: .patience)
            }
            #expect(failure == TransportFailure(.timedOut, mayHaveLeft: false))
        }
    }

    @Test(
        "ends an answer that stalls, and the request may have left",
        arguments: [FakeUpstream.Fault.hangBeforeHeaders, .unfinishedHeaders, .hangAfterHeaders, .hangInBody]
    )
    func answer(fault: FakeUpstream.Fault) async throws {
        try await FakeUpstream.withUpstream { upstream in
            upstream.enqueue(fault)
            try await CurlTransport.withTransport { transport in
                let failure = try await transport.failureOfHanging(upstream.post(), at: upstream)
                #expect(failure == TransportFailure(.timedOut, mayHaveLeft: true))
                try await upstream.server.waitForClosedConnections(1)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("is not extended by a dripping answer")
    func drip() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".utf8)
            let body = [UInt8](repeating: 0x20, count: 100_000)
            upstream.enqueue([.send(head), .drip(body, pace: .every(.milliseconds(10)))])
            try await CurlTransport.withTransport { transport in
                let failure = try await transport.failureOfHanging(upstream.post(), at: upstream)
                #expect(failure == TransportFailure(.timedOut, mayHaveLeft: true))
            }
        }
    }

    @Test("of one exchange is not another's")
    func independent() async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream { upstream in
            upstream.enqueue(.json("{}").held(at: turnstile))
            try await CurlTransport.withTransport { transport in
                async let answered = transport.send(upstream.post(), under: upstream.policy, within: .patience)
                try await turnstile.waitUntilHeld()
                upstream.enqueue(.hang)
                let failure = try await transport.failure(
                    of: upstream.post(), under: upstream.policy, within: .seconds(1))
                #expect(failure.reason == .timedOut)
                turnstile.open()
                #expect(try await answered.status == 200)
            }
        }
    }
}

extension CurlTransport {
    /// The failure of an unanswered request, with increasing timeouts until the request has left, which takes longer on
    /// a busy machine.
    fileprivate func failureOfHanging(
        _ request: UpstreamRequest,
        at upstream: FakeUpstream
    ) async throws -> TransportFailure {
        var timeout = Duration.milliseconds(500)
        while true {
            let failure = try await failure(of: request, under: upstream.policy, within: timeout)
            guard failure == TransportFailure(.timedOut, mayHaveLeft: false), timeout < .patience else {
                return failure
            }
            timeout *= 4
        }
    }
}
