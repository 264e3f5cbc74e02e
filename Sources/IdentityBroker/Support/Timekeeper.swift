#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Logging

/// Keeps a broker's time through jumps of its clock; see ``ClockWatch``.
final class Timekeeper: Sendable {
    private let clock: BrokerClock
    private let logger: Logger
    private let watch: Locked<ClockWatch>

    init(_ clock: BrokerClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
        watch = Locked(ClockWatch(now: clock.now(), uptime: clock.uptime()))
    }

    /// The time by which things may be forgotten.
    func steadyTime() -> Date {
        let (now, uptime) = (clock.now(), clock.uptime())
        return watch.withLock { $0.steadyTime(now: now, uptime: uptime) }
    }

    /// Looks whether the clock has jumped, and says so in the log, once for each jump.
    func observe() {
        let before = clock.uptime()
        let now = clock.now()
        // Held up between the two clocks, it would see a jump that is none.
        guard clock.uptime() - before < .milliseconds(500) else { return }
        let jump = watch.withLock { watch in
            _ = watch.steadyTime(now: now, uptime: before)
            return watch.takeJump(now: now, uptime: before)
        }
        guard let jump else { return }
        logger.warning(
            "the clock was set \(jump > 0 ? "forward" : "back")",
            metadata: ["broker.clock.jump_seconds": "\(Int(jump.rounded()))"])
    }
}
