/// Any number of alarms on one sleeping task.
///
/// A task that sleeps until a login's deadline costs more than the rest of the race, and the system keeps its state
/// until then, even if it was cancelled long before.
final class Alarms<C: Clock>: Sendable where C.Duration == Duration {
    private struct State: Sendable {
        var line = AlarmLine()
        /// The sleeping task, which sleeps at most until the next alarm. A task that was replaced because it slept too
        /// long has another number.
        var sleeper: (number: Int, end: Duration)?
        var lastSleeper = 0

        mutating func beginSleep(until end: Duration) -> Int {
            lastSleeper += 1
            sleeper = (lastSleeper, end)
            return lastSleeper
        }
    }

    private let clock: C
    private let origin: C.Instant
    private let state = Locked(State())

    init(_ clock: C) {
        self.clock = clock
        origin = clock.now
    }

    /// Calls the closure after the delay, unless the alarm is cancelled first.
    func set(in delay: Duration, _ ring: @escaping @Sendable () -> Void) -> AlarmLine.Number {
        let moment = origin.duration(to: clock.now) + delay
        let (number, sleeper) = state.withLock { state in
            let number = state.line.set(at: moment, ring)
            if let sleeper = state.sleeper, sleeper.end <= moment { return (number, nil as Int?) }
            return (number, state.beginSleep(until: moment))
        }
        if let sleeper { Task { await sleep(until: moment, as: sleeper) } }
        return number
    }

    /// Cancels an alarm, unless it has rung.
    func switchOff(_ number: AlarmLine.Number) {
        state.withLock { $0.line.switchOff(number) }
    }

    private func sleep(until end: Duration, as number: Int) async {
        var end: Duration? = end
        while let moment = end {
            // The task is never cancelled; if a clock wakes it early, it goes back to sleep.
            try? await clock.sleep(until: origin.advanced(by: moment), tolerance: nil)
            end = ringAll(as: number)
        }
    }

    /// Rings the alarms that are due.
    ///
    /// - Returns: How long this sleeper sleeps next; nil if there is nothing to wait for, or if another sleeper waits.
    private func ringAll(as number: Int) -> Duration? {
        let now = origin.duration(to: clock.now)
        let (rings, next) = state.withLock { state -> ([@Sendable () -> Void], Duration?) in
            guard state.sleeper?.number == number else { return ([], nil) }
            let (rings, next) = state.line.takeDue(at: now)
            state.sleeper = next.map { (number, $0) }
            return (rings, next)
        }
        for ring in rings { ring() }
        return next
    }
}
