import BrokerService
import BrokerTesting
import LoopbackServer
import Testing

@Suite("The orderly end", .timeLimit(.minutes(15)))
struct OrderlyEndTests {
    private let forever: @Sendable () async -> Void = { await waitForCancellation() }

    @Test("ends first what began last, one at a time, and each once")
    func order() async {
        let end = OrderlyEnd()
        let ended = Monitor<[String]>([])
        for name in ["store", "transport", "broker"] {
            end.add(name) {
                await Task.yield()
                ended.withState { $0.append(name) }
            }
        }
        #expect(await end.run(within: .seconds(60), by: TestClock(), unless: forever) == .complete)
        #expect(await end.run(within: .seconds(60), by: TestClock(), unless: forever) == .complete)
        #expect(ended.snapshot == ["broker", "transport", "store"])
    }

    @Test("ends what a step begins")
    func late() async {
        let end = OrderlyEnd()
        let ended = Monitor<[String]>([])
        end.add("first") { end.add("second") { ended.withState { $0.append("second") } } }
        #expect(await end.run(within: .seconds(60), by: TestClock(), unless: forever) == .complete)
        #expect(ended.snapshot == ["second"])
    }

    @Test("gives up when its time is over, and says at which step")
    func bound() async throws {
        let (end, clock) = (OrderlyEnd(), TestClock())
        end.add("the store") {}
        end.add("the transport", forever)
        end.add("the broker") {}
        async let outcome = end.run(within: .seconds(10), by: clock, unless: forever)
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        #expect(await outcome == .cutShort(during: "the transport"))
    }

    @Test("gives up at once on request")
    func impatience() async {
        let end = OrderlyEnd()
        end.add("the store", forever)
        #expect(await end.run(within: .seconds(60), by: TestClock(), unless: {}) == .cutShort(during: "the store"))
    }

    @Test("runs every step if something was abandoned, but is not complete")
    func abandoned() async {
        let end = OrderlyEnd()
        let ended = Monitor(false)
        end.add("the store") { ended.withState { $0 = true } }
        end.abandon("the service")
        let outcome = await end.run(within: .seconds(60), by: TestClock(), unless: forever)
        #expect(outcome == .cutShort(during: "the service"))
        #expect(ended.snapshot)
    }

    @Test("is complete for a task that was cancelled, too")
    func cancelled() async {
        let end = OrderlyEnd()
        let ended = Monitor(false)
        end.add("the store") {
            await Task.yield()
            ended.withState { $0 = !Task.isCancelled }
        }
        let outcome = await Task { [forever] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await end.run(within: .seconds(60), by: TestClock(), unless: forever)
        }.value
        #expect(outcome == .complete)
        #expect(ended.snapshot)
    }
}
