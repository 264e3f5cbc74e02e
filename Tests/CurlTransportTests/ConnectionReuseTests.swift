import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A connection", .timeLimit(.minutes(1)))
struct ConnectionReuseTests {
    @Test("is kept for the next request to the same upstream", arguments: [false, true])
    func keptAlive(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                for _ in 1...3 {
                    _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
                }
            }
            #expect(upstream.requests.map(\.connection) == [1, 1, 1])
        }
    }

    @Test("that the upstream closed after an answer is replaced", arguments: [false, true])
    func closedWhileIdle(isPlain: Bool) async throws {
        try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
            .json("{}")
        } _: { upstream in
            upstream.enqueue(.json("{}").followed(by: .close))
            try await CurlTransport.withTransport { transport in
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
                try await upstream.server.waitForClosedConnections(1)
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
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
                            _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(60))
                        }
                    }
                    try await group.waitForAll()
                }
                try await upstream.server.waitForClosedConnections(8)
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
            }
            #expect(upstream.requests.count == 9)
            #expect(upstream.server.connectionCount == 9)
        }
    }

    @Test("over which the upstream spoke without being asked is not used again", arguments: [false, true])
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
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
                turnstile.admit()
                try await turnstile.waitUntilHeld()
                let response = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(10))
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
                    for number in 0..<200 {
                        group.addTask {
                            let request = try upstream.post("\(number)")
                            let response = try await transport.send(
                                request,
                                under: upstream.policy,
                                within: .seconds(30)
                            )
                            #expect(response.text == "\(number)")
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(Set(upstream.requests.map(\.bodyText)).count == 200)
        }
    }

    @Test("is one of a thousand that are in use together", .enabled(if: OpenFileLimit.raise(to: 4096)))
    func thousand() async throws {
        let turnstile = Turnstile()
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}").held(at: turnstile)
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await turnstile.waitUntilHeld(1000)
                        turnstile.open()
                    }
                    for _ in 0..<1000 {
                        group.addTask {
                            _ = try await transport.send(upstream.post(), under: upstream.policy, within: .seconds(60))
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(upstream.server.connectionCount == 1000)
        }
    }
}
