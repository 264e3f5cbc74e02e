import BrokerTesting
import LoopbackServer
import Testing

@Suite("A loopback server")
struct LoopbackServerTests {
    private static let plain = LoopbackServer.Configuration(tls: nil)

    @Test("records method, target, header fields and body of each request")
    func recording() async throws {
        let fixture = try TLSFixture()
        try await LoopbackServer.withServer(fixture.server) { _ in
            .json("{}")
        } _: { server in
            _ = try await RawClient.exchange("POST", "/a?b=%20", body: "text", port: server.port, tls: fixture.client)
            let request = try #require(server.requests.first)
            #expect(request.method == "POST")
            #expect(request.target == "/a?b=%20")
            #expect(request.values(of: "content-TYPE") == ["application/json"])
            #expect(request.bodyText == "text")
            #expect(request.connection == 1)
            #expect(!request.keepsConnectionOpen)
        }
    }

    @Test("accepts several requests over one connection, even at once")
    func keepAlive() async throws {
        try await LoopbackServer.withServer(Self.plain) {
            .json($0.target)
        } _: { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send("GET /1 HTTP/1.1\r\n\r\n")
                try await client.receive(through: "/1")
                try await client.send("GET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nConnection: close\r\n\r\n")
                #expect(try await client.waitForEnd() == .closed)
                #expect(server.requests.map(\.target) == ["/1", "/2", "/3"])
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test("keeps the latest requests only, if asked, and counts all of them")
    func keptRequests() async throws {
        let configuration = LoopbackServer.Configuration(tls: nil, keptRequests: 2)
        try await LoopbackServer.withServer(configuration) { _ in
            .json("{}")
        } _: { server in
            for target in ["/1", "/2", "/3"] {
                _ = try await RawClient.exchange("GET", target, port: server.port)
            }
            let kept = try await server.waitForRequests(3)
            #expect(kept.map(\.target) == ["/2", "/3"])
        }
    }

    @Test("closes the connection after an HTTP/1.0 request")
    func oldVersion() async throws {
        try await LoopbackServer.withServer(Self.plain) { _ in
            .json("{}")
        } _: { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send("GET / HTTP/1.0\r\n\r\n")
                #expect(try await client.waitForEnd() == .closed)
            }
        }
    }

    @Test("closes the connection if it gets something other than HTTP")
    func garbage() async throws {
        try await LoopbackServer.withServer(Self.plain) { _ in
            .json("{}")
        } _: { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send("\u{16}\u{03}\u{01}\r\n\r\n")
                try await client.waitForEnd()
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test("answers an Expect: 100-continue, unless told not to", arguments: [true, false])
    func expectContinue(sendsContinue: Bool) async throws {
        let configuration = LoopbackServer.Configuration(tls: nil, sendsContinue: sendsContinue)
        try await LoopbackServer.withServer(configuration) {
            .json($0.bodyText)
        } _: { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                if sendsContinue { try await client.receive(through: "HTTP/1.1 100 Continue\r\n\r\n") }
                try await client.send("{}")
                try await client.receive(through: "\r\n\r\n{}")
                let start = sendsContinue ? "HTTP/1.1 100" : "HTTP/1.1 200"
                #expect(client.received.starts(with: Array(start.utf8)))
            }
        }
    }

    @Test(
        "listens on both loopback addresses if asked",
        .enabled(if: Machine.hasIPv6Loopback), arguments: ["127.0.0.1", "::1"]
    )
    func bothAddresses(host: String) async throws {
        let configuration = LoopbackServer.Configuration(tls: nil, listensOnIPv6: true)
        try await LoopbackServer.withServer(configuration) { _ in
            .close
        } _: { server in
            try await RawClient.withConnection(to: server.port, host: host) { client in
                try await client.send("GET / HTTP/1.1\r\n\r\n")
                #expect(try await client.waitForEnd() == .closed)
            }
        }
    }

    @Test("reports that its port is in use")
    func givenPort() async throws {
        try await LoopbackServer.withServer(Self.plain) { _ in
            .close
        } _: { server in
            let same = LoopbackServer.Configuration(tls: nil, port: server.port)
            await #expect(throws: (any Error).self) {
                try await LoopbackServer.withServer(same) { _ in
                    .close
                } _: { _ in
                }
            }
        }
    }

    @Test("tells those who wait for traffic that it has stopped")
    func stopping() async throws {
        let server = try await LoopbackServer.start(Self.plain) { _ in .close }
        let waiting = Task { try await server.waitForRequests(1) }
        await server.stop()
        await #expect(throws: LoopbackServerError.stopped) { try await waiting.value }
        await #expect(throws: LoopbackServerError.stopped) { try await server.waitForConnections(1) }
    }

    @Test("can be stopped more than once, and at the same time")
    func stoppingTwice() async throws {
        let server = try await LoopbackServer.start(Self.plain) { _ in .hang }
        try await RawClient.withConnection(to: server.port) { client in
            try await client.send("GET / HTTP/1.1\r\n\r\n")
            try await server.waitForRequests(1)
            async let first: Void = server.stop()
            async let second: Void = server.stop()
            _ = await (first, second)
            try await client.waitForEnd()
            await server.stop()
        }
    }

    @Test("stops when the body of withServer throws")
    func throwingBody() async throws {
        struct Failure: Error {}
        var server: LoopbackServer?
        await #expect(throws: Failure.self) {
            try await LoopbackServer.withServer(Self.plain) { _ in
                .close
            } _: {
                server = $0
                throw Failure()
            }
        }
        let stopped = try #require(server)
        await #expect(throws: LoopbackServerError.stopped) { try await stopped.waitForConnections(1) }
    }
}
