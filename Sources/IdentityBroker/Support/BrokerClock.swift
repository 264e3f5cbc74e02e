public import Foundation

/// The time of day, a stopwatch and an alarm, passed in so that a test can control all three.
public struct BrokerClock: Sendable {
    /// The time of day.
    public let now: @Sendable () -> Date
    /// Time since a fixed instant. It never goes back, however the time of day is set.
    package let uptime: @Sendable () -> Duration
    /// Calls the closure after the time, unless the alarm is cancelled first.
    let alarm: @Sendable (Duration, @escaping @Sendable () -> Void) -> Alarm

    /// An alarm set with ``BrokerClock/alarm``.
    struct Alarm: Sendable {
        let switchOff: @Sendable () -> Void
    }

    /// Makes a clock from a stopwatch and a source of the time of day.
    ///
    /// Each wait sleeps on the stopwatch in its own task, so that a test can count them.
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
