import BrokerTesting
import LoopbackServer
import ServiceLifecycle
import Testing

@testable import BrokerServer

@Suite("The application's end", .timeLimit(.minutes(15)))
struct StubbornServiceTests {
    /// Ignores shutdown and ends in its own time, like a request that waits for an unresponsive store.
    private struct Stubborn: Service {
        let isOver: Monitor<Bool>
        let duration: Duration

        func run() async {
            await Task {
                // Longer than any limit given to the service group here.
                try? await Task.sleep(for: duration)
                isOver.withState { $0 = true }
            }.value
        }
    }

    @Test("waits for a service that ignores cancellation")
    func cancelled() async throws {
        let bench = try await ServiceBench()
        let isOver = Monitor(false)
        let (serving, served) = AsyncStream.makeStream(of: Void.self)
        let application = BrokerApplication(
            bench.endpoints,
            at: ServingAddress(host: "127.0.0.1", port: 0),
            services: [Stubborn(isOver: isOver, duration: .seconds(6))],
            logger: bench.log.makeLogger(),
            onServing: { _ in served.yield() }
        )
        let run = Task { try await application.run() }
        for await _ in serving { break }
        run.cancel()
        _ = await run.result
        #expect(isOver.snapshot)
    }
}
