/// The moment by which a login must end.
public struct Deadline: Sendable {
    private let clock: BrokerClock
    private let end: Duration

    /// The deadline this far ahead.
    package init(in timeout: Duration, by clock: BrokerClock) {
        self.clock = clock
        end = clock.uptime() + timeout
    }

    private init(at end: Duration, by clock: BrokerClock) {
        self.clock = clock
        self.end = end
    }

    /// The same deadline, or one this far ahead if that is later.
    func atLeast(_ time: Duration) -> Deadline {
        Deadline(at: max(end, clock.uptime() + time), by: clock)
    }

    /// The time left; zero after the deadline.
    public var remaining: Duration {
        max(.zero, end - clock.uptime())
    }

    /// Whether no time is left.
    public var isOver: Bool { remaining == .zero }

    /// Calls the closure at the deadline, unless the alarm is cancelled first.
    func alarm(_ ring: @escaping @Sendable () -> Void) -> BrokerClock.Alarm {
        clock.alarm(remaining, ring)
    }
}
