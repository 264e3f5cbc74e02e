import BrokerTesting
import CurlTransport
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A process", .timeLimit(.minutes(15)))
struct ProcessTests {
    @Test("whose environment names proxies does not send through them")
    func proxies() async throws {
        await #expect(processExitsWith: .success) {
            let proxy = try await FakeUpstream.start(isPlain: true)
            for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
                setenv(name, proxy.baseURL, 1)
            }
            for isPlain in [false, true] {
                try await FakeUpstream.withUpstream(isPlain: isPlain) { _ in
                    .json("{}")
                } _: { upstream in
                    let response = try await CurlTransport.withTransport {
                        try await $0.send(upstream.post(), under: upstream.policy, within: .patience)
                    }
                    try #require(response.status == 200)
                }
            }
            try #require(proxy.server.connectionCount == 0)
            await proxy.stop()
        }
    }

    @Test("with a .netrc does not send what is in it")
    func netrc() async throws {
        await #expect(processExitsWith: .success) {
            let home = FileManager.default.temporaryDirectory.appending(path: "curl-transport-\(UUID())")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: home) }
            let netrc = home.appending(path: ".netrc")
            try Data("machine localhost login user password secret\n".utf8).write(to: netrc)
            setenv("HOME", home.path(), 1)
            setenv("NETRC", netrc.path(), 1)
            try await FakeUpstream.withUpstream { _ in
                .json("{}")
            } _: { upstream in
                _ = try await CurlTransport.withTransport {
                    try await $0.send(upstream.post(), under: upstream.policy, within: .patience)
                }
                try #require(upstream.requests.allSatisfy { $0.values(of: "Authorization").isEmpty })
            }
        }
    }

    // OpenSSL's own exit handler would free what the transport's thread is using.
    @Test("may exit while TLS is in flight")
    func exit() async throws {
        await #expect(processExitsWith: .exitCode(7)) {
            // Runs after all handlers registered later, and gives the thread time to use what they freed.
            atexit { usleep(200_000) }
            let upstream = try await FakeUpstream.start { _ in .json("{}").followed(by: .close) }
            let transport = try CurlTransport()
            let answers = Turnstile()
            for _ in 0..<16 {
                Task {
                    while true {
                        // A request may find that its connection has ended; the next one gets a new connection.
                        _ = try? await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                        answers.admit()
                    }
                }
            }
            for _ in 0..<100 { try await answers.pass() }
            Foundation.exit(7)
        }
    }
}
