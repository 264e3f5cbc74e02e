import HeapModule

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

/// Alarms in order of time, earliest first. A value that knows no clock and no task.
struct AlarmLine: Sendable {
    /// An alarm's number; increases with each alarm.
    typealias Number = UInt64

    private struct Entry: Comparable, Sendable {
        let moment: Duration
        let number: Number

        static func < (left: Entry, right: Entry) -> Bool {
            (left.moment, left.number) < (right.moment, right.number)
        }
    }

    private var line = Heap<Entry>()
    private var rings: [Number: @Sendable () -> Void] = [:]
    private var lastNumber: Number = 0

    /// The length of the line, including cancelled alarms.
    var length: Int { line.count }

    /// Sets an alarm.
    mutating func set(at moment: Duration, _ ring: @escaping @Sendable () -> Void) -> Number {
        lastNumber += 1
        line.insert(Entry(moment: moment, number: lastNumber))
        rings[lastNumber] = ring
        return lastNumber
    }

    /// Cancels an alarm, unless it has rung.
    mutating func switchOff(_ number: Number) {
        rings[number] = nil
        // Nearly every alarm is cancelled. It stays in the line until it is reached; these must not outnumber the
        // others.
        guard line.count > 2 * rings.count + 64 else { return }
        line = Heap(line.unordered.filter { rings[$0.number] != nil })
    }

    /// Removes the alarms that are due, and returns the time of the next one.
    mutating func takeDue(at now: Duration) -> (rings: [@Sendable () -> Void], next: Duration?) {
        var due: [@Sendable () -> Void] = []
        while let first = line.min {
            let isSet = rings[first.number] != nil
            if isSet, first.moment > now { return (due, first.moment) }
            line.removeMin()
            if let ring = rings.removeValue(forKey: first.number) { due.append(ring) }
        }
        return (due, nil)
    }
}
