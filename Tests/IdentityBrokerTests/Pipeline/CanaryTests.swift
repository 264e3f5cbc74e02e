import BrokerTesting
import IdentityBroker
import Logging
import Metrics
import MetricsTestKit
import Testing

@Suite("A provider that leaks everything it knows")
struct CanaryTests {
    private let log = LogRecording()
    private let metrics = TestMetrics()
    private let store = MemoryStore()

    private func makeBroker(_ ending: TalkativeProvider.Ending) throws -> Broker {
        let instance = try ProviderInstance(
            TalkativeProvider.self,
            settings: .init(ending: ending),
            context: ProviderContext(id: "talkative", logger: log.makeLogger())
        )
        let clock = TestClock()
        return try Broker(
            providers: [instance],
            transport: ScriptedTransport(),
            store: store,
            clock: BrokerClock(clock, now: clock.wallClock),
            logger: log.makeLogger()
        )
    }

    @Test("is silenced in every error, log, audit event and metric", arguments: TalkativeProvider.Ending.allCases)
    func silence(_ ending: TalkativeProvider.Ending) async throws {
        let broker = try makeBroker(ending)
        let outcome = await withMetricsFactory(metrics) { () async -> Result<Identity, BrokerError> in
            do throws(BrokerError) {
                return .success(try await broker.login("talkative", with: .ticket(Canary.ticket)))
            } catch {
                return .failure(error)
            }
        }
        for rendering in Rendering.allCases {
            #expect(Canary.found(in: rendering.text(of: outcome)).isEmpty)
            #expect(Canary.found(in: rendering.text(of: store.auditEvents)).isEmpty)
        }
        #expect(Canary.found(in: log.text).isEmpty)
        #expect(Canary.found(in: "\(metrics.counters.map(\.dimensions)) \(metrics.timers.map(\.dimensions))").isEmpty)

        // The provider did talk, and everything was recorded.
        #expect(log.entries.filter { $0.message.contains("<redacted>") }.count == 3 * Logger.Level.allCases.count)
        #expect(store.auditEvents.count == 1)
        #expect(metrics.counters.count == 1)
    }

    @Test("cannot pass a ticket off as the upstream's code")
    func numericTicket() async throws {
        let bench = try Bench { credential, _ in
            throw BrokerError(.accessDenied, "No.", upstreamCode: credential.value.reveal())
        }
        #expect(try await bench.refusal(of: .ticket("7654321")).upstreamCode == nil)
        #expect(bench.audit.map(\.upstreamCode) == [nil])
        #expect(!bench.log.mentions("7654321"))
    }
}
