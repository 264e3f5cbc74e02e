import BrokerTesting
import Foundation
import LoopbackServer
import Testing

@Suite("A fake upstream")
struct FakeUpstreamTests {
    private func exchange(with upstream: FakeUpstream, _ target: String = "/") async throws -> RawResponse? {
        try await RawClient.exchange(
            "GET", target, port: upstream.server.port, tls: ClientTLS(trusting: upstream.caCertificatePEM))
    }

    @Test("answers what was queued, then what it was started with")
    func queue() async throws {
        try await FakeUpstream.withUpstream(answer: { .json($0.target) }) { upstream in
            upstream.enqueue(.json("first"), .json("second"))
            var bodies: [String?] = []
            for target in ["/1", "/2", "/3"] {
                bodies.append(try await exchange(with: upstream, target)?.body)
            }
            #expect(bodies == ["first", "second", "/3"])
            #expect(upstream.requests.map(\.target) == ["/1", "/2", "/3"])
        }
    }

    @Test("shows a queued fault of the handshake to one connection only")
    func queuedHandshakeFault() async throws {
        try await FakeUpstream.withUpstream(answer: { _ in .json("{}") }) { upstream in
            upstream.enqueue(.resetInHandshake)
            upstream.enqueue(.status(503))
            try await RawClient.withConnection(
                to: upstream.server.port, tls: ClientTLS(trusting: upstream.caCertificatePEM)
            ) { client in
                let end = try await client.waitForEnd()
                #expect(end == .reset)
            }
            #expect(try await exchange(with: upstream)?.status == 503)
            #expect(try await exchange(with: upstream)?.status == 200)
        }
    }

    @Test("names its address, and speaks plain HTTP on request")
    func address() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { upstream in
            #expect(upstream.baseURL == "http://localhost:\(upstream.server.port)")
            let response = try await RawClient.exchange("GET", "/", port: upstream.server.port)
            #expect(response?.status == 500)
        }
        try await FakeUpstream.withUpstream { upstream in
            #expect(upstream.baseURL == "https://localhost:\(upstream.server.port)")
        }
    }

    @Test("keeps its CA file while it runs, without a private key in it")
    func caFile() async throws {
        let upstream = try await FakeUpstream.start()
        let text = try String(contentsOfFile: upstream.caFile, encoding: .utf8)
        #expect(text == upstream.caCertificatePEM)
        #expect(text.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(!text.contains("PRIVATE"))
        let directory = URL(filePath: upstream.caFile).deletingLastPathComponent()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path()) == ["ca.pem"])
        await upstream.stop()
        #expect(!FileManager.default.fileExists(atPath: directory.path()))
    }
}
