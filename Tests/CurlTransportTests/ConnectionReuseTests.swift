import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A connection", .timeLimit(.minutes(15)))
struct ConnectionReuseTests {
    @Test("is kept for the next request to the same upstream", arguments: [false, true])
    func keptAlive(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                for _ in 1...3 {
                    _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                }
            }
            #expect(upstream.requests.map(\.connection) == [1, 1, 1])
        }
    }

    @Test(
        "is closed after its answer if reuse is not allowed, and no idle one is used",
        arguments: [false, true])
    func notReused(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            var alone = upstream.policy
            alone.reusesConnections = false
            try await CurlTransport.withTransport { transport in
                for policy in [upstream.policy, alone, alone, upstream.policy, alone] {
                    _ = try await transport.send(upstream.post(), under: policy, within: .patience)
                }
                try await upstream.server.waitForClosedConnections(3)
            }
            #expect(upstream.requests.map(\.connection) == [1, 2, 3, 1, 4])
        }
    }

    @Test("that the upstream closed after an answer is replaced", arguments: [false, true])
    func closedWhileIdle(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            upstream.enqueue(.json("{}").followed(by: .close))
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                try await upstream.server.waitForClosedConnections(1)
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            #expect(upstream.requests.map(\.connection) == [1, 2])
        }
    }

    @Test("that the upstream closed is replaced once, however many there were", arguments: [false, true])
    func manyClosedWhileIdle(isPlain: Bool) async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await turnstile.waitUntilHeld(8)
                        turnstile.open()
                    }
                    for _ in 1...8 {
                        upstream.enqueue(.json("{}").held(at: turnstile).followed(by: .close))
                        group.addTask {
                            _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                        }
                    }
                    for try await _ in group {}
                }
                try await upstream.server.waitForClosedConnections(8)
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            #expect(upstream.requests.count == 9)
            #expect(upstream.server.connectionCount == 9)
        }
    }

    @Test("with unsolicited data from the upstream is not used again", arguments: [false, true])
    func unaskedAnswer(isPlain: Bool) async throws {
        let turnstile = Turnstile()
        let forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            upstream.enqueue(
                .json("{}").followed(by: [.wait(for: turnstile), .send(Array(forged.utf8)), .wait(for: turnstile)])
            )
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                turnstile.admit()
                try await turnstile.waitUntilHeld()
                let response = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                #expect(response.text == "{}")
            }
            #expect(upstream.requests.map(\.connection) == [1, 2])
        }
    }

    @Test("serves many requests at once, each on its own")
    func manyAtOnce() async throws {
        try await FakeUpstream.withUpstream {
            .json($0.bodyText)
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            for round in 0..<3 {
                                let request = try upstream.post("\(number).\(round)")
                                let response = try await transport.send(
                                    request,
                                    under: upstream.policy,
                                    within: .patience
                                )
                                #expect(response.text == "\(number).\(round)")
                            }
                        }
                    }
                    for try await _ in group {}
                }
            }
            #expect(Set(upstream.requests.map(\.bodyText)).count == 300)
        }
    }

    @Test("is one of a thousand that are in use together", .enabled(if: OpenFileLimit.raise(to: 4096)))
    func thousand() async throws {
        let entrance = Turnstile()
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}").held(at: turnstile)
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // In waves, because a listening socket's backlog is shorter than the crowd.
                    group.addTask {
                        for connected in stride(from: 100, through: 1000, by: 100) {
                            entrance.admit(100)
                            try await turnstile.waitUntilHeld(connected)
                        }
                        turnstile.open()
                    }
                    for _ in 0..<1000 {
                        group.addTask {
                            try await entrance.pass()
                            _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                        }
                    }
                    for try await _ in group {}
                }
            }
            #expect(upstream.server.connectionCount == 1000)
        }
    }
}
