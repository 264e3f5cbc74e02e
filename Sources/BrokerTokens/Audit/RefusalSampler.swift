package import IdentityBroker

/// Decides which refusals of unauthenticated callers are written to the audit log: the first ones of a kind from an
/// address, then one a second, and in total few enough not to fill a disk. The others are counted in a later event.
///
/// Anyone can cause such refusals, from any number of addresses, as fast as the network carries them, and each event is
/// kept for months. A quarter of the events is reserved for counts, so that new refusals do not keep earlier ones out
/// of the log, or vice versa. If there are too many kinds, counts lose their addresses but never their clients: the log
/// shows who is attacked, whatever came before.
struct RefusalSampler: Sendable {
    /// What counts as the same refusal.
    struct Kind: Sendable, Hashable {
        let action: AuditAction
        /// The stable word for what went wrong.
        let outcome: String
        /// The id of the client that was named, if that client exists.
        let client: String?
        /// The address that it came from; nil if it is unknown, or if there are too many to distinguish.
        let caller: CallerKey?

        /// The kind that covers all addresses.
        fileprivate var merged: Kind { Kind(action: action, outcome: outcome, client: client, caller: nil) }
    }

    struct Limits: Sendable {
        /// How many kinds are distinguished.
        var kinds = 1_024
        /// How many refusals of a kind are written one by one.
        var first = 5
        /// How far apart the events of a kind are after that.
        var interval = Duration.seconds(1)
        /// How long a kind without refusals is remembered, and its count not merged with others.
        var memory = Duration.seconds(60)
        /// How many events of all kinds together are written at once, after a time without any: 4 or more.
        var burst = 50
        /// How far apart the events of all kinds are in the long run: at some 300 bytes each, 26 MB a day.
        var spacing = Duration.seconds(1)
    }

    private struct Entry: Sendable {
        var written = 0
        var lastWritten: Duration
        var lastSeen: Duration
        /// How many refusals were counted since the last event.
        var counted = 0

        mutating func add(_ other: Entry) {
            counted += other.counted
            lastWritten = min(lastWritten, other.lastWritten)
            lastSeen = max(lastSeen, other.lastSeen)
        }
    }

    private let limits: Limits
    private var entries: [Kind: Entry] = [:]
    /// For events of new refusals.
    private var arrivals: TokenBucket
    /// For events of counts.
    private var summaries: TokenBucket
    private var lastSweep: Duration

    init(_ limits: Limits = Limits(), at now: Duration) {
        self.limits = limits
        let reserve = max(1, limits.burst / 4)
        arrivals = TokenBucket(rate: 3, in: limits.spacing * 4, burst: max(1, limits.burst - reserve), at: now)
        summaries = TokenBucket(rate: 1, in: limits.spacing * 4, burst: reserve, at: now)
        lastSweep = now
    }

    /// Registers a refusal.
    ///
    /// - Returns: How many refusals its event represents, itself included; nil if no event is due.
    mutating func count(_ kind: Kind, at now: Duration) -> Int? {
        let kind = place(of: kind, at: now)
        var entry = entries[kind] ?? Entry(lastWritten: now, lastSeen: now)
        defer { entries[kind] = entry }
        entry.lastSeen = now
        let isDue = entry.written < limits.first || now - entry.lastWritten >= limits.interval
        guard isDue, arrivals.wait(at: now) == nil else {
            entry.counted += 1
            return nil
        }
        arrivals.take(at: now)
        defer { entry.counted = 0 }
        entry.written += 1
        entry.lastWritten = now
        return entry.counted + 1
    }

    /// Takes the counts of quiet kinds that no event represents yet: as many kinds as may be written now, first those
    /// that have been without an event longest. Each gets an event of its own. Those that have waited too long are
    /// merged.
    ///
    /// - Parameter isLast: Whether to take all kinds, since nothing comes after this. Surplus kinds are merged.
    mutating func takeCounted(at now: Duration, isLast: Bool = false) -> [(kind: Kind, count: Int)] {
        mergeCounts(quietFor: limits.memory, at: now)
        var taken: [(kind: Kind, count: Int)] = []
        var surplus: [Kind: Int] = [:]
        let due = entries.filter { $0.value.counted > 0 && (isLast || now - $0.value.lastSeen >= limits.interval) }
        for (kind, entry) in due.sorted(by: { $0.value.lastWritten < $1.value.lastWritten }) {
            if summaries.wait(at: now) == nil {
                summaries.take(at: now)
                taken.append((kind, entry.counted))
            } else if isLast {
                surplus[kind.merged, default: 0] += entry.counted
            } else {
                break
            }
            entries[kind]?.counted = 0
        }
        return taken + surplus.map { (kind: $0.key, count: $0.value) }
    }

    /// Counts refusals again that were taken, and whose event could not be written.
    mutating func putBack(_ count: Int, of kind: Kind, at now: Duration) {
        guard count > 0 else { return }
        entries[place(of: kind, at: now), default: Entry(lastWritten: now, lastSeen: now)].counted += count
    }

    /// The kind itself, or the kind without its address if there are too many.
    private mutating func place(of kind: Kind, at now: Duration) -> Kind {
        if entries[kind] != nil { return kind }
        if entries.count >= limits.kinds, now - lastSweep >= limits.interval {
            lastSweep = now
            entries = entries.filter { $0.value.counted > 0 || now - $0.value.lastSeen < limits.memory }
            mergeCounts(quietFor: limits.interval, at: now)
        }
        guard entries.count >= limits.kinds else { return kind }
        return kind.merged
    }

    /// Drops the addresses of refusals that are only counted, from kinds without a refusal for this long.
    private mutating func mergeCounts(quietFor time: Duration, at now: Duration) {
        for (kind, entry) in entries
        where entry.counted > 0 && kind != kind.merged && now - entry.lastSeen >= time {
            entries[kind] = nil
            entries[kind.merged, default: Entry(lastWritten: entry.lastWritten, lastSeen: entry.lastSeen)].add(entry)
        }
    }
}

/// Where the current request comes from, so that refusals can be distinguished by address.
package enum RefusalSource {
    /// The address that the rate limit uses for the request. Not a closure that returns it: with one, an optimized
    /// build crashes where the value is pushed (Swift 6.3.1).
    @TaskLocal package static var caller: CallerKey?
}
