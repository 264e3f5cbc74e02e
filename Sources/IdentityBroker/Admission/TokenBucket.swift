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
