import Foundation
import Logging

/// Reports jumps of a broker's clock; see ``ClockWatch``.
final class Timekeeper: Sendable {
    private let clock: BrokerClock
    private let logger: Logger
    private let watch: Locked<ClockWatch>

    init(_ clock: BrokerClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
        watch = Locked(ClockWatch(now: clock.now(), uptime: clock.uptime()))
    }

    /// Checks whether the clock has jumped, and logs each jump once.
    func observe() {
        let before = clock.uptime()
        let now = clock.now()
        // A delay between the two readings would look like a jump.
        guard clock.uptime() - before < .milliseconds(500) else { return }
        guard let jump = watch.withLock({ $0.takeJump(now: now, uptime: before) }) else { return }
        logger.warning(
            "the clock was set \(jump > 0 ? "forward" : "back")",
            metadata: ["broker.clock.jump_seconds": "\(Int(jump.rounded()))"])
    }
}
