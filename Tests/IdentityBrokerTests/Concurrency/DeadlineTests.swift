import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A deadline", .timeLimit(.minutes(15)))
struct DeadlineTests {
    private let clock = TestClock()

    private func deadline(in timeout: Duration) -> Deadline {
        Deadline(in: timeout, by: BrokerClock(clock, now: clock.wallClock))
    }

    @Test("comes nearer as time goes on, and stays at zero once it is over")
    func remaining() {
        let deadline = deadline(in: .seconds(10))
        #expect(deadline.remaining == .seconds(10))
        clock.advance(by: .milliseconds(9_999))
        #expect(deadline.remaining == .milliseconds(1))
        #expect(!deadline.isOver)
        clock.advance(by: .milliseconds(1))
        #expect(deadline.remaining == .zero)
        #expect(deadline.isOver)
        clock.advance(by: .seconds(100))
        #expect(deadline.remaining == .zero)
    }

    @Test("rings an alarm when its time has come")
    func alarm() async throws {
        let deadline = deadline(in: .seconds(10))
        async let ringing: Void = withCheckedContinuation { ringing in _ = deadline.alarm { ringing.resume() } }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        await ringing
        #expect(deadline.isOver)
    }

    @Test("is not moved by the time of day")
    func timeOfDay() {
        let day = Locked(clock.date)
        let deadline = Deadline(in: .seconds(10), by: BrokerClock(clock, now: { day.withLock { $0 } }))
        day.withLock { $0 = .distantPast }
        #expect(deadline.remaining == .seconds(10))
        day.withLock { $0 = .distantFuture }
        #expect(deadline.remaining == .seconds(10))
    }
}
