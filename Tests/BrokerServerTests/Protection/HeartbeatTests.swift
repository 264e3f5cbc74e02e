import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The heartbeat")
struct HeartbeatTests {
    /// A clock on which no time passes but what is slept away, and on which nobody sleeps more than a few times.
    private struct Alarm: Clock {
        let slept = Locked([Duration]())
        let beforeSleep: @Sendable (Duration) -> Void

        var now: ContinuousClock.Instant { start.advanced(by: uptime) }
        var minimumResolution: Duration { .zero }
        var uptime: Duration { slept.withLock { $0.reduce(.zero, +) } }
        private let start = ContinuousClock.now

        init(_ beforeSleep: @escaping @Sendable (Duration) -> Void) {
            self.beforeSleep = beforeSleep
        }

        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
            beforeSleep(uptime)
            let wait = now.duration(to: deadline)
            try slept.withLock { slept in
                guard slept.count < 3 else { throw CancellationError() }
                slept.append(wait)
            }
        }
    }

    @Test("says each time when it will beat again, and says so when it stops")
    func beats() async {
        let limit = LoadLimit(requests: 1_000, lag: .milliseconds(50), alwaysTaken: 1)
        let shedder = Locked(LoadShedder(limit))
        let alarm = Alarm { now in
            let due = now + .milliseconds(10)
            #expect(shedder.withLock { $0.enter(at: due + .milliseconds(50)) })
            #expect(!shedder.withLock { $0.enter(at: due + .milliseconds(51)) })
        }
        await Heartbeat(of: shedder, by: alarm, uptime: { alarm.uptime }).run()
        #expect(alarm.uptime == .milliseconds(30))
        #expect(shedder.withLock { $0.underWay } == 4)
        #expect(shedder.withLock { $0.enter(at: .seconds(1_000)) })
    }

    @Test("ends with its task", .timeLimit(.minutes(15)))
    func cancelled() async {
        let shedder = Locked(LoadShedder(LoadLimit()))
        let start = ContinuousClock.now
        let heart = Task {
            await Heartbeat(of: shedder, by: ContinuousClock(), uptime: { start.duration(to: .now) }).run()
        }
        heart.cancel()
        await heart.value
        #expect(shedder.withLock { $0.enter(at: .seconds(1_000)) })
    }
}
