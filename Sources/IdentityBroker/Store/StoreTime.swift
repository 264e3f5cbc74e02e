public import Foundation

/// The time by which a store may forget: derived from its callers' clocks, so that a wrong one does no harm.
///
/// It follows a clock back at once, and ahead by up to an hour. It follows a clock further ahead once such clocks have
/// been read for a day of their own time, with none behind them in between, where a step between readings counts for six
/// hours at most; even then it goes only as far as the previous call, so that no single reading is ever believed. A store
/// keeps this value for all its processes; see ``BrokerStore/believedTime(at:)``.
///
/// How long an entry is kept depends on ``highest`` instead, the high-water mark of what was believed: an entry written
/// while the clocks are behind must outlast that. Its rule mirrors the one above. It follows a clock ahead by up to an
/// hour at once, and further wherever ``believed`` does. It comes down once a clock more than an hour behind it has run
/// for a day: entries written until then are kept too long, by as much as the clocks were ahead, but none written
/// later. A step between readings counts for an hour at most, and a step back by more than an hour restarts the day: so
/// clocks that are behind and disagree never add up to a day, and it stays put while they are read in turns.
///
/// It cannot tell clocks apart, nor whether one kept pace with real time. Five processes that start in turn with
/// different wrong clocks, each further ahead than the one before, look to ``believed`` like one clock over a day, if no
/// right one is read between them.
public struct StoreTime: Sendable, Hashable {
    /// Clocks that were read further ahead than is believed at once.
    public struct Lead: Sendable, Hashable {
        /// The first reading, later by what longer pauses do not count.
        public var since: Date
        /// The latest reading.
        public var latest: Date

        /// Makes a lead.
        public init(since: Date, latest: Date) {
            self.since = since
            self.latest = latest
        }
    }

    /// The time by which the store may forget.
    public private(set) var believed: Date
    /// The clocks ahead of it; nil if the latest was not.
    public private(set) var lead: Lead?
    /// The time that decides how long entries written now are kept, never before ``believed``.
    public private(set) var highest: Date
    /// Since when a clock more than an hour behind ``highest`` has run, by its own time minus its longer pauses; nil if
    /// the latest was not behind.
    public private(set) var behindSince: Date?

    /// Restores the stored value. A store without one begins with its oldest audit event, or else with the caller's
    /// clock.
    ///
    /// - Parameter highest: The high-water mark; nil to begin with `believed`.
    public init(believed: Date, lead: Lead? = nil, highest: Date? = nil, behindSince: Date? = nil) {
        self.believed = believed
        self.lead = lead
        self.highest = max(believed, highest ?? believed)
        self.behindSince = behindSince
    }

    /// How far ahead a clock is believed at once, in seconds: more than an idle service lets pass between two calls.
    static let tolerance: TimeInterval = 60 * 60
    /// How long clocks further ahead must be read, and clocks further behind the high-water mark.
    private static let patience: TimeInterval = 24 * 60 * 60
    /// How much a step between two readings of clocks ahead counts at most: so no two of them add up to a day, but the
    /// readings of a process that is started every day soon do.
    private static let longestStep: TimeInterval = 6 * 60 * 60
    /// How far apart two readings of one clock may be: longer than a month between two calls.
    private static let longestPause: TimeInterval = 35 * 24 * 60 * 60
    /// The lag behind the clock, in seconds, beyond which one of the two is wrong or the store was unused for days:
    /// with one call a day, the lag is up to five days.
    private static let usualLag: TimeInterval = 6 * 24 * 60 * 60

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
        let step = now.timeIntervalSince(lead.latest)
        let since = lead.since.addingTimeInterval(max(0, step - Self.longestStep))
        guard now.timeIntervalSince(since) >= Self.patience else {
            self.lead = Lead(since: since, latest: now)
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
        // Not before `believed`, which is `now` or more than an hour behind it.
        highest = now
        self.behindSince = nil
    }

    /// When a reservation requested at the caller's time expires: after the requested period, both by its clock and by
    /// the store's high-water mark.
    public func expiry(of reservation: OneTimeReservation, at now: Date) -> Date {
        expiry(reservation.expiry, at: now)
    }

    /// When something expires that a caller writes at its time, by its clock and by the store's high-water mark.
    package func expiry(_ expiry: Date, at now: Date) -> Date {
        max(expiry, highest.addingTimeInterval(expiry.timeIntervalSince(now)))
    }

    /// The time by which a caller may replace what has expired: its clock's, unless that is further ahead than the store
    /// believes at once.
    package func time(for now: Date) -> Date {
        now.timeIntervalSince(believed) > Self.tolerance ? believed : now
    }

    /// What an operator needs to know if the store's time is unusually far behind the clock.
    package static let lagExplanation = """
        the store's time is days behind this machine's clock, and nothing newer is removed from the store; if the clock is \
        right, the store follows within about a day of steady use, or five of daily use, and else set the clock of this machine or of another that uses \
        the store
        """

    /// Whether this time is so far behind a clock that an operator should know.
    package static func isUnusual(_ believed: Date, at now: Date) -> Bool {
        now.timeIntervalSince(believed) > usualLag
    }
}
