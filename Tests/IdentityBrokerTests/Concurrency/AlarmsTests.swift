import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("Alarms on one sleeping task", .timeLimit(.minutes(15)))
struct AlarmsTests {
    private let clock = TestClock()
    private let alarms: Alarms<TestClock>
    /// The alarms that rang, in order.
    private let rung: AsyncStream<Int>
    private let rings: AsyncStream<Int>.Continuation

    init() {
        alarms = Alarms(clock)
        (rung, rings) = AsyncStream.makeStream()
    }

    @discardableResult
    private func set(_ seconds: Int) -> AlarmLine.Number {
        alarms.set(in: .seconds(seconds)) { [rings] in rings.yield(seconds) }
    }

    @Test("ring on time, with one sleeper for all later ones")
    func oneSleeper() async throws {
        var rung = rung.makeAsyncIterator()
        for seconds in 1...3 { set(seconds) }
        for seconds in 1...3 {
            try await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
            #expect(await rung.next() == seconds)
        }
    }

    @Test("ring first if they are due earlier, even if set last")
    func earlier() async throws {
        var rung = rung.makeAsyncIterator()
        set(60)
        try await clock.waitForSleepers()
        set(1)
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        #expect(await rung.next() == 1)
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(59))
        #expect(await rung.next() == 60)
    }

    @Test("do not ring once cancelled, while later ones do")
    func switchedOff() async throws {
        var rung = rung.makeAsyncIterator()
        alarms.switchOff(set(1))
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        set(2)
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(2))
        #expect(await rung.next() == 2)
    }
}
