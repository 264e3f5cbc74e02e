#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Compares the time of day with the stopwatch, and makes of both a time by which things may be forgotten.
///
/// That time follows the time of day back at once, and ahead only once it has stayed ahead for a day. It knows of one process
/// alone; ``StoreTime`` is what all that share a store go by.
package struct ClockWatch: Sendable {
    /// How far ahead the time of day may be at once: the clocks drift, and are read one after the other.
    static let tolerance: TimeInterval = 60
    /// For how long the time of day has to stay ahead until it is believed.
    static let patience: Duration = .seconds(24 * 60 * 60)
    /// The least difference that counts as a jump: clocks are also set by fractions of a second.
    static let leastJump: TimeInterval = 2

    private struct Lead: Sendable {
        let began: Duration
        var lowest: Date
    }

    /// What the time of day would be at the stopwatch's zero, as it was last seen, and as it is believed.
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

    /// By how many seconds the time of day has jumped since this was asked last; nil if it has not.
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
