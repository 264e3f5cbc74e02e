/// A bounded set of token buckets, one per caller.
///
/// A full bucket carries no information and is dropped. If there are still too many callers at once, those beyond the
/// bound share one bucket: a flood of callers gains neither memory nor a way around the limit.
package struct CallerBuckets: Sendable {
    private static let sweepPause: Duration = .seconds(1)

    private let limit: RateLimit
    private let capacity: Int
    private var buckets: [CallerKey: TokenBucket] = [:]
    private var shared: TokenBucket
    private var nextSweep: Duration

    package init(_ limit: RateLimit, capacity: Int = 65_536, at now: Duration) {
        self.limit = limit
        self.capacity = capacity
        shared = TokenBucket(limit, at: now)
        nextSweep = now
    }

    var count: Int { buckets.count }

    /// How long until this caller has a token; nil if there is one.
    package mutating func wait(of caller: CallerKey, at now: Duration) -> Duration? {
        if let bucket = buckets[caller] { return bucket.wait(at: now) }
        return makeRoom(at: now) ? nil : shared.wait(at: now)
    }

    /// Takes one of this caller's tokens. There must be one.
    package mutating func take(of caller: CallerKey, at now: Duration) {
        if buckets[caller] != nil || makeRoom(at: now) {
            buckets[caller, default: TokenBucket(limit, at: now)].take(at: now)
        } else {
            shared.take(at: now)
        }
    }

    /// Whether there is room for another bucket. Finding out scans all of them, so it is not done at every call.
    private mutating func makeRoom(at now: Duration) -> Bool {
        if buckets.count >= capacity, now >= nextSweep {
            buckets = buckets.filter { !$0.value.isFull(at: now) }
            nextSweep = now + Self.sweepPause
        }
        return buckets.count < capacity
    }
}
