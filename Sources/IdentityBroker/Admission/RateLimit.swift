import Crypto

/// How many logins may begin per interval.
public struct RateLimit: Sendable, Hashable {
    /// How many logins may begin per ``interval`` in the long run.
    public var logins: Int
    /// The interval that ``logins`` refers to.
    public var interval: Duration
    /// How many may begin at once after a quiet period.
    public var burst: Int

    /// Makes a limit.
    ///
    /// - Parameters:
    ///   - logins: At least 1.
    ///   - interval: Greater than zero.
    ///   - burst: At least 1; nil for as many as `logins`.
    public init(logins: Int, per interval: Duration, burst: Int? = nil) {
        self.logins = logins
        self.interval = interval
        self.burst = burst ?? logins
    }
}

/// Who requests a login, as the embedding app tells its callers apart: by address, client id or session.
///
/// It only serves to limit the rate per caller. Just a SHA-256 digest is kept, in memory, and it appears in no log,
/// metric or audit event.
public struct CallerKey: Sendable, Hashable {
    private let digest: [UInt8]

    /// Makes a key from any text.
    public init(_ text: String) {
        digest = Array(SHA256.hash(data: Array(text.utf8)))
    }
}

/// A token bucket: it holds up to one burst of tokens, and gains one every `interval / logins`.
///
/// It is stored as the time at which it will be full again, as in the generic cell rate algorithm (ITU-T I.371): no
/// fractions to round, and nothing to do as time passes.
package struct TokenBucket: Sendable, Equatable {
    private let increment: Duration
    private let capacity: Duration
    private var full: Duration

    /// A bucket that is full at `now`.
    init(_ limit: RateLimit, at now: Duration) {
        increment = limit.interval / limit.logins
        capacity = increment * limit.burst
        full = now
    }

    /// A bucket that is full at `now`.
    ///
    /// - Parameters:
    ///   - rate: How many tokens are added per interval, at least 1.
    ///   - burst: How many it can hold, at least 1.
    package init(rate: Int, in interval: Duration, burst: Int, at now: Duration) {
        increment = interval / rate
        capacity = increment * burst
        full = now
    }

    /// Whether it is full.
    func isFull(at now: Duration) -> Bool { full <= now }

    /// How long until there is a token; nil if there is one.
    package func wait(at now: Duration) -> Duration? {
        let wait = max(full, now) + increment - capacity - now
        return wait > .zero ? wait : nil
    }

    /// Takes a token. There must be one.
    package mutating func take(at now: Duration) {
        full = max(full, now) + increment
    }
}

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
