import BrokerConfiguration
import BrokerServer
import BrokerService
import BrokerTesting
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A service made from a configuration", .timeLimit(.minutes(5)))
struct BrokerServiceTests {
    /// Runs a service until the body, which gets its port, returns.
    private func serve(_ service: BrokerService, _ body: (Int) async throws -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let isStopping = Monitor(false)
        let requests = StopRequests(
            wait: { count in
                guard count == 1 else { return await waitForCancellation() }
                try? await isStopping.wait { $0 ? () : nil }
            },
            request: { isStopping.withState { $0 = true } }
        )
        async let run: Void = service.run(until: requests) { port.yield($0.service) }
        for await port in ports {
            do { try await body(port) } catch {
                isStopping.withState { $0 = true }
                throw error
            }
            break
        }
        isStopping.withState { $0 = true }
        try await run
    }

    @Test("serves what is configured, and ends in order")
    func serving() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let service = try await BrokerService(folder.file(at: upstream).load())
        #expect(service.issuer == "http://127.0.0.1:8080")
        try await serve(service) { port in
            #expect(try await RawClient.exchange("GET", "/health/ready", port: port)?.status == 200)
            let providers = try #require(try await RawClient.exchange("GET", "/providers", port: port))
            #expect(providers.body.contains(#""id":"wxapp""#) && providers.body.contains(#""launch":true"#))
            let launch = try await RawClient.exchange("GET", "/providers/wxapp/launch", port: port)
            #expect(launch?.body.contains("wechat_mini_program") == true)
        }
        let identity = try await service.broker.login("wxapp", with: .ticket("ticket-1"))
        #expect(identity.provider == "wxapp")
        #expect(await service.shutdown())
        await #expect(throws: BrokerError.self) {
            try await service.broker.login("wxapp", with: .ticket("ticket-2"))
        }
        await upstream.stop()
    }

    @Test(
        "has a key for each algorithm and publishes both, whatever its clients want, so that any of them can be changed",
        arguments: ["", "web: { secret: { literal: 0123456789abcdef }, redirectURIs: [https://a.example/] }"])
    func keys(clients: String) async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let file = try folder.file(at: upstream, store: "{ kind: memory }", clients: clients)
        let service = try await BrokerService(file.load())
        try await serve(service) { port in
            let keys = try #require(try await RawClient.exchange("GET", "/oauth2/jwks", port: port))
            for algorithm in ["ES256", "RS256"] { #expect(keys.body.contains(#""alg":"\#(algorithm)""#)) }
        }
        #expect(await service.shutdown())
        await upstream.stop()
    }

    @Test("needs a 'server:', and says so")
    func withoutServer() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let file = try folder.file(at: upstream)
        let configuration = try Configuration(
            yaml: "version: 1\nproviders: {}\n".utf8, file: "broker.yaml", baseDirectory: folder.path,
            providers: file.providers, stores: file.stores)
        let error = await #expect(throws: BrokerError.self) { try await BrokerService(configuration) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("'server:'") == true)
        await upstream.stop()
    }

    @Test("is not made with a key that does not open the stored ones, and releases the store")
    func anotherKey() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let first = try await BrokerService(folder.file(at: upstream).load())
        #expect(await first.shutdown())
        let wrong = try folder.file(at: upstream, key: "another-key-of-32-bytes-at-least")
        let error = await #expect(throws: ConfigurationError.self) { try await BrokerService(wrong.load()) }
        #expect(error?.problems.map(\.keyPath) == ["server.keyEncryptionKey"])
        let next = try await BrokerService(folder.file(at: upstream).load())
        #expect(await next.shutdown())
        await upstream.stop()
    }
}
