import BrokerTesting
import Foundation
import Testing

@Suite("A test clock")
struct TestClockTests {
    @Test("stands still until it is advanced")
    func standing() {
        let clock = TestClock()
        let start = clock.now
        #expect(clock.now == start)
        clock.advance(by: .seconds(90))
        #expect(start.duration(to: clock.now) == .seconds(90))
    }

    @Test("moves its date along")
    func date() {
        let start = Date(timeIntervalSince1970: 1_000)
        let clock = TestClock(at: start)
        let wallClock = clock.wallClock
        clock.advance(by: .milliseconds(1_500))
        #expect(wallClock() == start.addingTimeInterval(1.5))
        #expect(clock.date == wallClock())
    }

    @Test("wakes a sleeper when its deadline is reached and not before")
    func waking() async throws {
        let clock = TestClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(9))
        // Still asleep, so this does not wait for another.
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        try await sleeper.value
    }

    @Test("distinguishes an awake sleeper from one that sleeps again")
    func sleepingAgain() async throws {
        let clock = TestClock()
        let sleeper = Task {
            for _ in 1...100 { try await clock.sleep(for: .seconds(1)) }
        }
        for _ in 1...100 {
            try await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        try await sleeper.value
    }

    @Test("wakes each sleeper at its own deadline, whoever came first")
    func order() async throws {
        let clock = TestClock()
        var sleepers: [Int: Task<Void, any Error>] = [:]
        for (count, seconds) in [3, 1, 2].enumerated() {
            sleepers[seconds] = Task { try await clock.sleep(for: .seconds(seconds)) }
            try await clock.waitForSleepers(count + 1)
        }
        for seconds in 1...3 {
            clock.advance(by: .seconds(1))
            try await sleepers[seconds]?.value
            // The others are still asleep, so this does not wait.
            try await clock.waitForSleepers(3 - seconds)
        }
    }

    @Test("is at its new time before any sleeper wakes, however many deadlines it passes")
    func arrival() async throws {
        let clock = TestClock()
        let sleepers = (1...20).map { seconds in
            Task {
                try await clock.sleep(for: .seconds(seconds))
                return clock.now.sinceStart
            }
        }
        try await clock.waitForSleepers(20)
        clock.advance(by: .seconds(60))
        for sleeper in sleepers {
            #expect(try await sleeper.value == .seconds(60))
        }
    }

    @Test("does not suspend for a deadline that has passed", arguments: [Duration.zero, .seconds(-1)])
    func pastDeadline(_ duration: Duration) async throws {
        try await TestClock().sleep(for: duration)
    }

    @Test("releases a cancelled sleeper")
    func cancellation() async throws {
        let clock = TestClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(1)) }
        try await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let another = Task { try await clock.sleep(for: .seconds(1)) }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        try await another.value
    }

    @Test("can be used as any clock with its duration")
    func existential() async throws {
        let clock = TestClock()
        let any: any Clock<Duration> = clock
        let sleeper = Task { try await any.sleep(for: .seconds(1)) }
        try await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        try await sleeper.value
    }
}
