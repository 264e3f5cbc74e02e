import BrokerConfiguration
import CurlTransport
import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers

/// The setup for checking one rule: an upstream that behaves as instructed, and a transport to it.
struct ProviderBench<Fixture: ProviderFixture>: Sendable {
    typealias Person = ProviderConformance.Person

    let fixture: Fixture
    /// How long to wait for something that should happen at once. Shorter than the check may take, so that the check
    /// reports what did not happen.
    let patience: Duration
    let upstream: FakeUpstream
    let stage: UpstreamStage<Fixture>
    let transport: CurlTransport
    let store = MemoryStore()
    let clock = TestClock(at: ProviderConformance.now)
    /// The configuration of almost every login, once it was read.
    let usualConfiguration = NIOLockedValueBox<Configuration?>(nil)
    private let serials: SerialNumbers

    static func open(for kit: ProviderRules<Fixture>) async throws -> ProviderBench {
        let fixture = kit.fixture
        let stage = UpstreamStage(fixture)
        let transport = try CurlTransport(connectionPoolSize: 64)
        do {
            let upstream = try await FakeUpstream.start { stage.answer($0) }
            return ProviderBench(kit, upstream: upstream, stage: stage, transport: transport)
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    func close() async {
        await transport.shutdown()
        await upstream.stop()
    }

    private init(
        _ kit: ProviderRules<Fixture>,
        upstream: FakeUpstream,
        stage: UpstreamStage<Fixture>,
        transport: CurlTransport
    ) {
        fixture = kit.fixture
        patience = kit.patience / 3
        serials = kit.serials
        self.upstream = upstream
        self.stage = stage
        self.transport = transport
    }

    /// A person at another login. The same number is the same person.
    func person(_ number: Int = 1) -> Person {
        Person(number: number, serial: serials.next())
    }

    /// Lets the time of every login under way expire.
    func passDeadline() {
        clock.advance(by: .seconds(InstanceDocument.timeout))
    }

    /// The clock in the form that a broker takes.
    var brokerClock: BrokerClock { BrokerClock(clock, now: clock.wallClock) }
}
