import BrokerTesting
import LoopbackServer
import Testing

@Suite("A fault")
struct FaultTests {
    private typealias Fault = FakeUpstream.Fault

    /// Runs a fault against a client that gives up after some bytes of a flood.
    private func meet(_ fault: Fault, _ body: (RawClient, FakeUpstream) async throws -> Void) async throws {
        try await FakeUpstream.withUpstream(fault) { upstream in
            let tls = ClientTLS(trusting: upstream.caCertificatePEM)
            try await RawClient.withConnection(to: upstream.server.port, tls: tls) { client in
                // If the handshake fails, nothing can be written; the client then sees how it ended.
                try? await client.send("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
                try await body(client, upstream)
            }
        }
    }

    @Test("has a unique name")
    func names() {
        #expect(Set(Fault.all.map(\.description)).count == Fault.all.count)
    }

    @Test(
        "that is an answer reaches the client completely",
        arguments: [
            (Fault.html, 200, "<!doctype html>"), (.empty, 200, ""), (.halfJSON, 200, #"{"code":200,"#),
            (.deepNesting(3), 200, #"{"code":200,"data":[[[]]]}"#), (.deepNesting(100_000), 200, #"{"code":200,"#),
            (.invalidUTF8, 200, #"{"code":200,"#), (.lyingLength, 200, #"{"code":200,"#),
            (.lyingShortLength, 200, #"{"code":200,"#), (.redirect, 302, ""), (.status(503, body: "no"), 503, "no"),
        ]
    )
    private func answer(_ fault: Fault, status: Int, body: String) async throws {
        try await meet(fault) { client, upstream in
            let end = try await client.waitForEnd()
            #expect(end == .closed)
            let response = try #require(RawResponse(client.received))
            #expect(response.status == status)
            #expect(response.body.hasPrefix(body))
            #expect(!fault.hangs)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test(
        "ends the connection as it says",
        arguments: [
            (Fault.truncated, ConnectionEnd.truncated), (.resetBeforeResponse, .reset), (.resetInBody, .reset),
            (.closeBeforeResponse, .closed), (.notHTTP, .closed), (.resetInHandshake, .reset),
        ]
    )
    private func end(_ fault: Fault, _ end: ConnectionEnd) async throws {
        try await meet(fault) { client, _ in
            let seen = try await client.waitForEnd()
            #expect(seen == end)
            #expect(!fault.hangs)
        }
    }

    @Test(
        "that hangs lets the client wait",
        arguments: [
            (Fault.hangBeforeHeaders, ""), (.hangAfterHeaders, "\r\n\r\n"), (.hangInBody, #""_id":"5e57"#),
            (.unfinishedHeaders, "Content-Type: application/json\r\n"),
        ]
    )
    private func hang(_ fault: Fault, last: String) async throws {
        try await meet(fault) { client, upstream in
            #expect(fault.hangs)
            try await upstream.waitForRequests(1)
            try await client.receive(through: last)
            try await client.close()
            try await upstream.server.waitForClosedConnections(1)
        }
    }

    @Test("that hangs in the handshake lets the client wait")
    func hangInHandshake() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            let tls = ClientTLS(trusting: upstream.caCertificatePEM)
            try await RawClient.withConnection(to: upstream.server.port, tls: tls) { client in
                #expect(Fault.hangInHandshake.hangs)
                try await upstream.server.waitForConnections(1)
                try await client.close()
                try await upstream.server.waitForClosedConnections(1)
            }
        }
    }

    @Test("that floods continues as long as the client reads", arguments: [Fault.endlessBody, .endlessHeaders])
    private func flood(_ fault: Fault) async throws {
        try await meet(fault) { client, upstream in
            try await client.receive(atLeast: 1 << 20)
            try await client.close()
            try await upstream.server.waitForClosedConnections(1)
        }
    }

    @Test(
        "of the certificate or the version fails the handshake",
        arguments: [
            Fault.certificateForAnotherHost, .certificateOfAnotherAuthority, .expiredCertificate, .obsoleteTLSVersion,
        ]
    )
    private func handshake(_ fault: Fault) async throws {
        try await meet(fault) { client, upstream in
            guard case .failed = try await client.waitForEnd() else {
                Issue.record("The client accepted it.")
                return
            }
            #expect(upstream.requests.isEmpty)
        }
    }
}
