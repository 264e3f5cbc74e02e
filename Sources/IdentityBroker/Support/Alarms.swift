/// Any number of alarms on one sleeping task.
///
/// A task that sleeps until a login's deadline costs more than the rest of the race, and what the system keeps of it is
/// kept until then, though it was cancelled long before.
final class Alarms<C: Clock>: Sendable where C.Duration == Duration {
    private struct State: Sendable {
        var line = AlarmLine()
        /// The task that sleeps, no longer than until the next alarm; a later one that overslept it has no number any more.
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

    /// Has the closure called once the time is over, unless the alarm is switched off before.
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

    /// Switches an alarm off, unless it has rung.
    func switchOff(_ number: AlarmLine.Number) {
        state.withLock { $0.line.switchOff(number) }
    }

    private func sleep(until end: Duration, as number: Int) async {
        var end: Duration? = end
        while let moment = end {
            // Nobody cancels the task, and a clock that wakes it too early has it sleep on.
            try? await clock.sleep(until: origin.advanced(by: moment), tolerance: nil)
            end = ringAll(as: number)
        }
    }

    /// Rings what is due.
    ///
    /// - Returns: Until when this sleeper sleeps next; nil if there is nothing to wait for, or another one waits.
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
