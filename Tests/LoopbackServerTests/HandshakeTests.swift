import BrokerTesting
import LoopbackServer
import Testing

@Suite("A TLS handshake")
struct HandshakeTests {
    @Test("can be left without an answer")
    func ignored() async throws {
        var fixture = try TLSFixture()
        fixture.server.behavior = { _ in .ignore }
        try await LoopbackServer.withServer(fixture.server) { _ in
            .close
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: fixture.client) { client in
                try await server.waitForConnections(1)
                try await client.close()
                try await server.waitForClosedConnections(1)
                #expect(server.requests.isEmpty)
                #expect(client.received.isEmpty)
            }
        }
    }

    @Test("can be left without an answer until the server stops")
    func ignoredUntilStop() async throws {
        let configuration = LoopbackServer.Configuration(tls: nil) { _ in .ignore }
        let server = try await LoopbackServer.start(configuration) { _ in .close }
        try await RawClient.withConnection(to: server.port) { client in
            try await server.waitForConnections(1)
            await server.stop()
            try await client.waitForEnd()
        }
    }

    @Test("can be reset")
    func reset() async throws {
        var fixture = try TLSFixture()
        fixture.server.behavior = { _ in .resetOnFirstBytes }
        try await LoopbackServer.withServer(fixture.server) { _ in
            .close
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: fixture.client) { client in
                let end = try await client.waitForEnd()
                #expect(end == .reset)
            }
        }
    }

    @Test("can fail for one connection and not for the next")
    func perConnection() async throws {
        var fixture = try TLSFixture()
        fixture.server.behavior = { $0 == 1 ? .resetOnFirstBytes : .serve }
        try await LoopbackServer.withServer(fixture.server) { _ in
            .json("{}")
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: fixture.client) { client in
                let end = try await client.waitForEnd()
                #expect(end == .reset)
            }
            let response = try await RawClient.exchange("GET", "/", port: server.port, tls: fixture.client)
            #expect(response?.body == "{}")
            #expect(server.requests.map(\.connection) == [2])
        }
    }

    @Test("can be limited to versions that only an obsolete client supports", arguments: [true, false])
    func obsoleteVersion(isObsoleteClient: Bool) async throws {
        var fixture = try TLSFixture()
        fixture.server.tls?.versions = .v1_0 ... .v1_1
        let client = ClientTLS(trusting: try fixture.authority.certificatePEM, isObsolete: isObsoleteClient)
        try await LoopbackServer.withServer(fixture.server) { _ in
            .json("{}")
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: client) { client in
                try? await client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
                let end = try await client.waitForEnd()
                #expect((end == .closed) == isObsoleteClient)
                #expect((server.requests.count == 1) == isObsoleteClient)
            }
        }
    }
}
