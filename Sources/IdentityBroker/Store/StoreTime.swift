#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The time by which a store may forget: what its callers' clocks say, as far as one that is wrong can do no harm.
///
/// It follows a clock back at once, and ahead by up to an hour. It follows one that is further ahead once such clocks have
/// been read over a day by their own time, with none behind them in between; and then goes no further than the call before,
/// so that no single reading is ever believed. A store keeps this value for all its processes; see
/// ``LoginStore/believedTime(at:)``.
///
/// How long an entry is kept goes by ``highest`` instead, the high-water mark of what was believed: an entry that is written
/// while the clocks are behind must outlast them. Its rule mirrors the one above. It follows a clock ahead by up to an hour
/// at once, and further wherever ``believed`` does. It comes down once a clock that was more than an hour behind it has run
/// for a day: what was written until then is kept for too long by as much as the clocks had been ahead, and nothing that is
/// written later. A step from one reading to the next counts as an hour at most, and one back by more than an hour begins the
/// day anew: so clocks behind that disagree never add up to a day, and it stays where it is while they are read by turns.
///
/// It does not know one clock from another, nor whether one kept pace with real time. Two processes that start one after the
/// other with different wrong clocks, a day or more apart and both ahead, look to ``believed`` like one clock over a day, where
/// no right one is read before, between or after them.
public struct StoreTime: Sendable, Hashable {
    /// Clocks that were read further ahead than is believed at once.
    public struct Lead: Sendable, Hashable {
        /// What the first of them said.
        public var since: Date
        /// What the latest of them said.
        public var latest: Date

        /// Makes a lead.
        public init(since: Date, latest: Date) {
            self.since = since
            self.latest = latest
        }
    }

    /// The time by which the store may forget.
    public private(set) var believed: Date
    /// The clocks ahead of it; nil where the latest was not.
    public private(set) var lead: Lead?
    /// The time by which the store keeps what is written now, never before ``believed``.
    public private(set) var highest: Date
    /// Since when a clock has run that is more than an hour behind ``highest``, by its own time less its longer pauses; nil
    /// where the latest was not.
    public private(set) var behindSince: Date?

    /// Makes the value, as it was kept. A store that has kept none begins with its oldest audit event, or else with the
    /// caller's clock.
    ///
    /// - Parameter highest: The high-water mark; nil for one that begins with `believed`.
    public init(believed: Date, lead: Lead? = nil, highest: Date? = nil, behindSince: Date? = nil) {
        self.believed = believed
        self.lead = lead
        self.highest = max(believed, highest ?? believed)
        self.behindSince = behindSince
    }

    /// How far ahead a clock is believed at once, in seconds: longer than an idle service lets pass between two calls.
    static let tolerance: TimeInterval = 60 * 60
    /// Over how long clocks further ahead have to be read, and clocks further behind the high-water mark.
    private static let patience: TimeInterval = 24 * 60 * 60
    /// How far apart two readings of one clock may be: longer than a month between two calls.
    private static let longestPause: TimeInterval = 35 * 24 * 60 * 60
    /// By how much more than this a store's time is behind the clock only where one of them is wrong or nothing used the
    /// store for days: with one call a day it is behind by up to two.
    private static let usualLag: TimeInterval = 3 * 24 * 60 * 60

    /// Takes a caller's clock into account.
    ///
    /// - Returns: The time by which the store may forget now.
    public mutating func observe(_ now: Date) -> Date {
        // ``follow(_:)`` leaves each reading in one of the two.
        let last = lead?.latest ?? believed
        follow(now)
        mark(now, after: last)
        return believed
    }

    private mutating func follow(_ now: Date) {
        guard now.timeIntervalSince(believed) > Self.tolerance else {
            believed = now
            lead = nil
            return
        }
        guard let lead, (-Self.tolerance...Self.longestPause).contains(now.timeIntervalSince(lead.latest)) else {
            lead = Lead(since: now, latest: now)
            return
        }
        guard now.timeIntervalSince(lead.since) >= Self.patience else {
            self.lead = Lead(since: lead.since, latest: now)
            return
        }
        believed = min(lead.latest, now)
        self.lead = nil
        follow(now)
    }

    private mutating func mark(_ now: Date, after last: Date) {
        highest = max(highest, believed)
        let ahead = now.timeIntervalSince(highest)
        guard ahead < -Self.tolerance else {
            if ahead <= Self.tolerance { highest = max(highest, now) }
            behindSince = nil
            return
        }
        let step = now.timeIntervalSince(last)
        guard let behindSince, step >= -Self.tolerance else {
            behindSince = now
            return
        }
        let since = behindSince.addingTimeInterval(max(0, step - Self.tolerance))
        guard now.timeIntervalSince(since) >= Self.patience else {
            self.behindSince = since
            return
        }
        // Not before `believed`: that is `now`, or more than an hour behind it.
        highest = now
        self.behindSince = nil
    }

    /// Until when a reservation is kept that a caller asks for at its time: as long as it asks for, by its clock and by the
    /// store's high-water mark.
    public func expiry(of reservation: OneTimeReservation, at now: Date) -> Date {
        max(reservation.expiry, highest.addingTimeInterval(reservation.expiry.timeIntervalSince(now)))
    }

    /// What an operator has to know where the store's time is unusually far behind the clock.
    package static let lagExplanation = """
        the store's time is days behind this machine's clock, and nothing newer is removed from the store; if the clock is \
        right, the store follows within about a day of use, and else set the clock of this machine or of another that uses \
        the store
        """

    /// Whether this time is so far behind a clock that an operator should hear of it.
    package static func isUnusual(_ believed: Date, at now: Date) -> Bool {
        now.timeIntervalSince(believed) > usualLag
    }
}
