import HeapModule

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
