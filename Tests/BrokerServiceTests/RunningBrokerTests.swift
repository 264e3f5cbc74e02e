import BrokerConfiguration
import BrokerService
import BrokerTesting
import IdentityBroker
import LoopbackServer
import Testing

@Suite("A broker made from a configuration", .timeLimit(.minutes(5)))
struct RunningBrokerTests {
    @Test("signs in, and the next one remembers what was redeemed")
    func login() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let configuration = try folder.file(at: upstream).load()
        let first = try await RunningBroker(configuration)
        let identity = try await first.broker.login("wxapp", with: .ticket("ticket-1"))
        #expect(identity.subject == "5e57540f84622ae263294a42")
        #expect(await first.shutdown())
        let second = try await RunningBroker(configuration, housekeeping: .elsewhere)
        let error = await #expect(throws: BrokerError.self) {
            try await second.broker.login("wxapp", with: .ticket("ticket-1"))
        }
        #expect(error?.kind == .credentialAlreadyUsed)
        #expect(await second.shutdown())
        #expect(upstream.requests.count == 1)
        await upstream.stop()
    }

    @Test("closes its store in the end")
    func closing() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let running = try await RunningBroker(folder.file(at: upstream).load())
        #expect(await running.shutdown())
        let error = await #expect(throws: BrokerError.self) {
            try await running.broker.login("wxapp", with: .ticket("ticket-1"))
        }
        #expect(error?.kind == .unavailable)
        #expect(upstream.requests.isEmpty)
        await upstream.stop()
    }

    @Test("is not made if an instance cannot be, and reports all problems")
    func problems() async throws {
        let folder = try ServiceFolder()
        let upstream = try await FakeUpstream.start { _ in .json(ServiceFolder.accepted) }
        let other = "other: { type: wxapp, settings: { userPoolId: a, secret: { env: NO_SUCH_VARIABLE } } }"
        let file = try folder.file(
            at: upstream, settings: "tokenKey: { env: ANOTHER_THAT_IS_NOT_THERE }", providers: other)
        let error = await #expect(throws: ConfigurationError.self) { try await RunningBroker(file.load()) }
        let paths = ["providers.wxapp.settings.tokenKey", "providers.other.settings.secret"]
        #expect(error?.problems.map(\.keyPath) == paths)
        await upstream.stop()
    }
}
