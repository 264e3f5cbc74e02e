import BrokerTesting
import LoopbackServer
import Testing

@Suite("An ephemeral certificate authority")
struct CertificateTests {
    private func end(_ server: LoopbackServer.Configuration, _ client: ClientTLS) async throws -> ConnectionEnd {
        try await LoopbackServer.withServer(server) { _ in
            .close
        } _: { server in
            try await RawClient.withConnection(to: server.port, tls: client) { client in
                // If the handshake fails, so does the write; the test checks what the client saw instead.
                try? await client.send("GET / HTTP/1.1\r\n\r\n")
                return try await client.waitForEnd()
            }
        }
    }

    private func isRefused(_ end: ConnectionEnd) -> Bool {
        if case .failed = end { true } else { false }
    }

    @Test("issues certificates for host names and addresses that a client accepts", arguments: ["localhost", nil])
    func trusted(hostName: String?) async throws {
        let fixture = try TLSFixture()
        let client = ClientTLS(trusting: try fixture.authority.certificatePEM, hostName: hostName)
        #expect(try await end(fixture.server, client) == .closed)
    }

    @Test("issues a certificate for another host, which a client refuses")
    func anotherHost() async throws {
        let fixture = try TLSFixture { try $0.issueServerCertificate(dnsNames: ["elsewhere.invalid"]) }
        #expect(isRefused(try await end(fixture.server, fixture.client)))
    }

    @Test("issues an expired certificate, which a client refuses")
    func expired() async throws {
        let fixture = try TLSFixture { try $0.issueServerCertificate(dnsNames: ["localhost"], isExpired: true) }
        #expect(isRefused(try await end(fixture.server, fixture.client)))
    }

    @Test("is not trusted by clients that trust another one")
    func anotherAuthority() async throws {
        let (fixture, stranger) = (try TLSFixture(), try TLSFixture())
        #expect(isRefused(try await end(fixture.server, stranger.client)))
    }

    @Test("refuses an invalid address", arguments: ["", "localhost", "127.0.0.256", "::g"])
    func invalidAddress(text: String) throws {
        let authority = try EphemeralCertificateAuthority()
        #expect(throws: InvalidIPAddress.self) {
            try authority.issueServerCertificate(dnsNames: [], ipAddresses: [text])
        }
    }
}
