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

    /// Makes the value, as it was kept. A store that has kept none begins with its oldest audit event, or else with the
    /// caller's clock.
    public init(believed: Date, lead: Lead? = nil) {
        self.believed = believed
        self.lead = lead
    }

    /// How far ahead a clock is believed at once, in seconds: longer than an idle service lets pass between two calls.
    static let tolerance: TimeInterval = 60 * 60
    /// Over how long clocks further ahead have to be read.
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
        guard now.timeIntervalSince(believed) > Self.tolerance else {
            believed = now
            lead = nil
            return believed
        }
        guard let lead, (-Self.tolerance...Self.longestPause).contains(now.timeIntervalSince(lead.latest)) else {
            lead = Lead(since: now, latest: now)
            return believed
        }
        guard now.timeIntervalSince(lead.since) >= Self.patience else {
            self.lead = Lead(since: lead.since, latest: now)
            return believed
        }
        believed = min(lead.latest, now)
        self.lead = nil
        return observe(now)
    }

    /// Until when a reservation is kept that a caller asks for at its time: as long as it asks for, by its clock and by the
    /// store's time.
    public func expiry(of reservation: OneTimeReservation, at now: Date) -> Date {
        max(reservation.expiry, believed.addingTimeInterval(reservation.expiry.timeIntervalSince(now)))
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
