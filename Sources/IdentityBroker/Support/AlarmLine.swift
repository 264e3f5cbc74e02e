import HeapModule

/// Alarms by the moment at which they ring, the earliest first. A value that knows no clock and no task.
struct AlarmLine: Sendable {
    /// An alarm's number; the later it was set, the higher.
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

    /// How many places there are in the line, those of alarms that were switched off among them.
    var length: Int { line.count }

    /// Sets an alarm.
    mutating func set(at moment: Duration, _ ring: @escaping @Sendable () -> Void) -> Number {
        lastNumber += 1
        line.insert(Entry(moment: moment, number: lastNumber))
        rings[lastNumber] = ring
        return lastNumber
    }

    /// Switches an alarm off, unless it has rung.
    mutating func switchOff(_ number: Number) {
        rings[number] = nil
        // Nearly every alarm is switched off. It keeps its place until it is passed over; these must not outgrow the others.
        guard line.count > 2 * rings.count + 64 else { return }
        line = Heap(line.unordered.filter { rings[$0.number] != nil })
    }

    /// Takes out the alarms whose moment has come, and says at which moment the next one rings.
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
