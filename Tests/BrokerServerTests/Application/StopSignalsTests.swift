import BrokerTesting
import LoopbackServer
import ServiceLifecycle
import Testing

@testable import BrokerServer

@Suite("Signals to stop", .timeLimit(.minutes(15)))
struct StopSignalsTests {
    /// A service that records how it ends.
    private struct Recorder: Service {
        let ends: Monitor<[String]>

        func run() async {
            do {
                try await gracefulShutdown()
                ends.withState { $0.append("in order") }
            } catch {
                ends.withState { $0.append("at once") }
            }
        }
    }

    /// Runs the application with this many signals from its beginning, and more as soon as it serves.
    private func end(after early: Int, _ late: Int) async throws -> [String] {
        let bench = try await ServiceBench()
        let (signals, ends) = (Monitor(early), Monitor<[String]>([]))
        let application = BrokerApplication(
            bench.endpoints,
            at: ServingAddress(host: "127.0.0.1", port: 0),
            drainDelay: .zero,
            services: [Recorder(ends: ends)],
            awaitingStop: { count in try? await signals.wait { $0 >= count ? () : nil } },
            logger: bench.log.makeLogger(),
            onServing: { _ in signals.withState { $0 += late } }
        )
        try await application.run()
        return ends.snapshot
    }

    @Test("end the application in order at the first signal, however early it comes", arguments: [(0, 1), (1, 0)])
    func first(early: Int, late: Int) async throws {
        #expect(try await end(after: early, late) == ["in order"])
    }
}
