import Testing

@testable import BrokerServer

@Suite("The gate that drains", .timeLimit(.minutes(15)))
struct DrainGateTests {
    private let gate = DrainGate()
    private let ever: Duration = .seconds(1_000_000)

    /// Begins to drain, and returns once the gate is closed.
    private func drain(within patience: Duration) async -> Task<Int, Never> {
        let drain = Task { [gate] in await gate.drain(within: patience, by: ContinuousClock()) }
        while !gate.isDraining { await Task.yield() }
        return drain
    }

    @Test("lets requests in and counts them")
    func count() {
        #expect(gate.enter())
        #expect(gate.enter())
        #expect(gate.underWay == 2)
        gate.leave()
        #expect(gate.underWay == 1)
        #expect(!gate.isDraining)
    }

    @Test("lets nobody in once it drains, and is done when the last one has left")
    func empty() async {
        #expect(gate.enter())
        #expect(gate.enter())
        let drain = await drain(within: ever)
        #expect(!gate.enter())
        gate.leave()
        #expect(gate.underWay == 1)
        gate.leave()
        #expect(await drain.value == 0)
        #expect(!gate.enter())
    }

    @Test("is done at once when nobody is there")
    func nobody() async {
        #expect(await gate.drain(within: ever, by: ContinuousClock()) == 0)
    }

    @Test("gives up when the time is over, and says how many are left")
    func deadline() async {
        #expect(gate.enter())
        #expect(await gate.drain(within: .zero, by: ContinuousClock()) == 1)
        #expect(gate.isDraining)
    }

    @Test("gives up when its task is cancelled")
    func cancelled() async {
        #expect(gate.enter())
        let drain = await drain(within: ever)
        drain.cancel()
        #expect(await drain.value == 1)
    }

    @Test("can be waited for by many")
    func many() async {
        #expect(gate.enter())
        let first = await drain(within: ever)
        let second = await drain(within: ever)
        let third = await gate.drain(within: .zero, by: ContinuousClock())
        #expect(third == 1)
        gate.leave()
        #expect(await first.value == 0)
        #expect(await second.value == 0)
    }
}
