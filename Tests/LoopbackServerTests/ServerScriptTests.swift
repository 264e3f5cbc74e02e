import BrokerTesting
import LoopbackServer
import Testing

@Suite("A server script")
struct ServerScriptTests {
    private static let get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

    /// Runs a script over TLS in answer to one GET.
    private func perform(
        _ script: ServerScript, request: String = get, _ body: (RawClient, LoopbackServer) async throws -> Void
    ) async throws {
        let fixture = try TLSFixture()
        try await LoopbackServer.withServer(fixture.server) { _ in
            script
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: fixture.client) { client in
                try await client.send(request)
                try await body(client, server)
            }
        }
    }

    @Test(
        "ends a connection as scripted",
        arguments: [
            (ServerScript.close, ConnectionEnd.closed),
            (.closeWithoutNotify, .truncated),
            (.reset, .reset),
            (.notHTTP, .closed),
            (.truncated("{"), .truncated),
            (.resetInBody(after: "{"), .reset),
            (.lyingLength("{}", excess: 1), .closed),
            (.lyingLength("{}", excess: -1), .closed),
        ]
    )
    func end(_ script: ServerScript, _ end: ConnectionEnd) async throws {
        try await perform(script) { client, _ in
            let seen = try await client.waitForEnd()
            #expect(seen == end)
        }
    }

    @Test(
        "ends a connection without TLS as scripted",
        arguments: [(ServerScript.close, ConnectionEnd.closed), (.closeWithoutNotify, .closed), (.reset, .reset)]
    )
    func plainEnd(_ script: ServerScript, _ end: ConnectionEnd) async throws {
        try await LoopbackServer.withServer(.init(tls: nil)) { _ in
            script
        } _: { server in
            try await RawClient.withConnection(to: server.port) { client in
                try await client.send(Self.get)
                #expect(try await client.waitForEnd() == end)
            }
        }
    }

    @Test("sends its data before it resets the connection")
    func partBeforeReset() async throws {
        let turnstile = Turnstile()
        try await perform([.send(Array("part".utf8)), .wait(for: turnstile), .reset]) { client, _ in
            try await client.receive(through: "part")
            turnstile.open()
            #expect(try await client.waitForEnd() == .reset)
        }
    }

    @Test("holds a connection until the client closes it", arguments: [ServerScript.hang, .hangInBody(after: "{")])
    func hangUntilClientCloses(_ script: ServerScript) async throws {
        try await perform(script) { client, server in
            try await server.waitForRequests(1)
            try await client.close()
            try await server.waitForClosedConnections(1)
        }
    }

    @Test("holds a connection until the server stops", arguments: [ServerScript.hang, .hangAfterHeaders])
    func hangUntilStop(_ script: ServerScript) async throws {
        try await perform(script) { client, server in
            try await server.waitForRequests(1)
            await server.stop()
            #expect(try await client.waitForEnd() == .truncated)
        }
    }

    @Test("waits for the test before it answers")
    func waiting() async throws {
        let turnstile = Turnstile()
        try await perform(.json("{}").held(at: turnstile)) { client, server in
            try await turnstile.waitUntilHeld()
            #expect(client.received.isEmpty)
            turnstile.open()
            try await client.receive(through: "{}")
        }
    }

    @Test("is abandoned when the client disconnects while it waits")
    func waitingForNobody() async throws {
        let turnstile = Turnstile()
        try await perform(.json("{}").held(at: turnstile)) { client, server in
            try await turnstile.waitUntilHeld()
            try await client.close()
            try await server.waitForClosedConnections(1)
            turnstile.admit()
            try await turnstile.pass()
        }
    }

    @Test("drips a byte whenever the test permits one")
    func drip() async throws {
        let turnstile = Turnstile()
        try await perform([.drip(Array("abc".utf8), pace: .each(turnstile)), .close]) { client, _ in
            for text in ["a", "ab", "abc"] {
                try await turnstile.waitUntilHeld()
                turnstile.admit()
                try await client.receive(through: text)
            }
            #expect(try await client.waitForEnd() == .closed)
        }
    }

    @Test("drips at an interval")
    func timedDrip() async throws {
        try await perform([.drip(Array("abc".utf8), pace: .every(.milliseconds(1))), .close]) { client, _ in
            try await client.waitForEnd()
            #expect(client.received == Array("abc".utf8))
        }
    }

    @Test("floods until the client disconnects", arguments: [ServerScript.endlessBody, .endlessHeaders])
    func flood(_ script: ServerScript) async throws {
        try await perform(script) { client, server in
            try await client.receive(atLeast: 4 << 20)
            try await client.close()
            try await server.waitForClosedConnections(1)
        }
    }

    @Test("floods until the server stops")
    func floodUntilStop() async throws {
        try await perform(.endlessBody) { client, server in
            try await client.receive(atLeast: 1 << 20)
            await server.stop()
            try await client.waitForEnd()
        }
    }

    @Test("can read the next request before it continues")
    func readRequest() async throws {
        try await perform([.respond(ServerResponse(body: Array("one".utf8))), .readRequest, .reset]) { client, server in
            try await client.receive(through: "one")
            try await client.send("GET /second HTTP/1.1\r\n\r\n")
            #expect(try await client.waitForEnd() == .reset)
            #expect(server.requests.map(\.target) == ["/", "/second"])
        }
    }

    @Test("answers a HEAD without a body")
    func head() async throws {
        try await perform(.json("{}"), request: "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n") { client, _ in
            try await client.waitForEnd()
            let response = try #require(RawResponse(client.received))
            #expect(response.body == "")
            #expect(response.headers.contains(HeaderField("Content-Length", "2")))
        }
    }

    @Test("sends a body in chunks")
    func chunks() async throws {
        try await perform(.chunkedJSON("[1,2]", size: 4)) { client, _ in
            try await client.receive(through: "\r\n\r\n4\r\n[1,2\r\n1\r\n]\r\n0\r\n\r\n")
        }
    }

    @Test("sends a redirect")
    func redirect() async throws {
        try await perform(.redirect(to: "/there", status: 307)) { client, _ in
            try await client.receive(through: "\r\n\r\n")
            let response = try #require(RawResponse(client.received))
            #expect(response.status == 307)
            #expect(response.headers.contains(HeaderField("Location", "/there")))
        }
    }
}
