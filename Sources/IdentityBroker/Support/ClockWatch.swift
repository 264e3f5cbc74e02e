package import Foundation
import Logging

/// Compares the time of day with the stopwatch, and derives a time by which things may be forgotten.
///
/// That time follows the time of day back at once, and ahead only once it has been ahead for a day. It is specific to
/// one process; processes that share a store use ``StoreTime``.
package struct ClockWatch: Sendable {
    /// How far ahead the time of day may be at once: clocks drift, and are read one after the other.
    static let tolerance: TimeInterval = 60
    /// How long the time of day must stay ahead before it is believed.
    static let patience: Duration = .seconds(24 * 60 * 60)
    /// The smallest difference that counts as a jump: clocks are also adjusted by fractions of a second.
    static let leastJump: TimeInterval = 2

    private struct Lead: Sendable {
        let began: Duration
        var lowest: Date
    }

    /// The time of day at the stopwatch's zero, as last seen and as believed.
    private var last: Date
    private var believed: Date
    private var lead: Lead?

    package init(now: Date, uptime: Duration) {
        last = Self.origin(now, uptime)
        believed = last
    }

    /// The time by which things may be forgotten.
    package mutating func steadyTime(now: Date, uptime: Duration) -> Date {
        let origin = Self.origin(now, uptime)
        if origin.timeIntervalSince(believed) <= Self.tolerance {
            believed = origin
            lead = nil
        } else if let lead {
            self.lead?.lowest = min(lead.lowest, origin)
            if uptime - lead.began >= Self.patience {
                believed = min(lead.lowest, origin)
                self.lead = nil
            }
        } else {
            lead = Lead(began: uptime, lowest: origin)
        }
        return believed.addingTimeInterval(uptime / .seconds(1))
    }

    /// How many seconds the time of day has jumped since the last call; nil if it has not.
    mutating func takeJump(now: Date, uptime: Duration) -> TimeInterval? {
        let origin = Self.origin(now, uptime)
        let jump = origin.timeIntervalSince(last)
        last = origin
        return abs(jump) >= Self.leastJump ? jump : nil
    }

    private static func origin(_ now: Date, _ uptime: Duration) -> Date {
        now.addingTimeInterval(-(uptime / .seconds(1)))
    }
}

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
