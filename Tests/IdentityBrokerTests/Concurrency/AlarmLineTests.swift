import Testing

@testable import IdentityBroker

@Suite("A line of alarms")
struct AlarmLineTests {
    private let rung = Locked<[Int]>([])

    private func ring(_ name: Int) -> @Sendable () -> Void {
        { [rung] in rung.withLock { $0.append(name) } }
    }

    /// The next moment at which one rings, once those that are due have rung.
    private func ringAll(_ line: inout AlarmLine, at now: Duration) -> Duration? {
        let (rings, next) = line.takeDue(at: now)
        for ring in rings { ring() }
        return next
    }

    @Test("rings those that are due, earliest first, each once")
    func order() {
        var line = AlarmLine()
        for seconds in [3, 1, 2, 5] {
            _ = line.set(at: .seconds(seconds), ring(seconds))
        }
        #expect(ringAll(&line, at: .milliseconds(999)) == .seconds(1))
        #expect(rung.withLock { $0 } == [])
        #expect(ringAll(&line, at: .seconds(3)) == .seconds(5))
        #expect(rung.withLock { $0 } == [1, 2, 3])
        #expect(ringAll(&line, at: .seconds(9)) == nil)
        #expect(rung.withLock { $0 } == [1, 2, 3, 5])
    }

    @Test("skips cancelled ones, even before they are due")
    func switchingOff() {
        var line = AlarmLine()
        let first = line.set(at: .seconds(1), ring(1))
        let second = line.set(at: .seconds(2), ring(2))
        _ = line.set(at: .seconds(3), ring(3))
        line.switchOff(first)
        line.switchOff(second)
        #expect(ringAll(&line, at: .zero) == .seconds(3))
        #expect(line.length == 1)
        line.switchOff(second)
        #expect(ringAll(&line, at: .seconds(3)) == nil)
        #expect(rung.withLock { $0 } == [3])
    }

    @Test("keeps few cancelled ones, and releases what they hold")
    func keeping() {
        final class Held: Sendable {}
        var line = AlarmLine()
        weak var last: Held?
        for _ in 0..<10_000 {
            let held = Held()
            last = held
            line.switchOff(line.set(at: .seconds(10)) { _ = held })
        }
        #expect(last == nil)
        #expect(line.length <= 65)
    }
}
