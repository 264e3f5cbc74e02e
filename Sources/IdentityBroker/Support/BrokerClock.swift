#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The time of day, a stopwatch and an alarm, handed in so that a test can own all three.
public struct BrokerClock: Sendable {
    /// The time of day.
    public let now: @Sendable () -> Date
    /// Time since some fixed instant. It never goes back, whatever is done to the time of day.
    package let uptime: @Sendable () -> Duration
    /// Calls the closure once the time is over, unless the alarm is switched off before.
    let alarm: @Sendable (Duration, @escaping @Sendable () -> Void) -> Alarm

    /// What was set with ``BrokerClock/alarm``.
    struct Alarm: Sendable {
        let switchOff: @Sendable () -> Void
    }

    /// Makes a clock out of a stopwatch and a source of the time of day.
    ///
    /// Whatever waits sleeps on the stopwatch in a task of its own, so that a test can count them.
    public init<C: Clock>(
        _ clock: C,
        now: @escaping @Sendable () -> Date
    ) where C.Duration == Duration {
        self.init(clock, now: now) { delay, ring in
            let task = Task {
                do { try await clock.sleep(for: delay) } catch { return }
                ring()
            }
            return Alarm { task.cancel() }
        }
    }

    private init<C: Clock>(
        _ clock: C,
        now: @escaping @Sendable () -> Date,
        alarm: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Alarm
    ) where C.Duration == Duration {
        let origin = clock.now
        self.now = now
        uptime = { origin.duration(to: clock.now) }
        self.alarm = alarm
    }

    /// The computer's clocks.
    public static var system: BrokerClock {
        let alarms = Alarms(ContinuousClock())
        return BrokerClock(ContinuousClock(), now: { Date() }) { delay, ring in
            let number = alarms.set(in: delay, ring)
            return Alarm { alarms.switchOff(number) }
        }
    }
}
