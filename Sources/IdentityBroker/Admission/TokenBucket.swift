/// A token bucket: it holds as many tokens as a burst may have, and one is added each `interval / logins`.
///
/// It is kept as the one time at which it will be full again, which is how the generic cell rate algorithm does it
/// (ITU-T I.371): no fractions to round, and nothing to do while time passes.
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
    ///   - rate: How many tokens are added in each interval, 1 or more.
    ///   - burst: How many it can hold, 1 or more.
    package init(rate: Int, in interval: Duration, burst: Int, at now: Duration) {
        increment = interval / rate
        capacity = increment * burst
        full = now
    }

    /// Whether it holds all the tokens that it can hold.
    func isFull(at now: Duration) -> Bool { full <= now }

    /// How long it takes until there is a token; nil if there is one.
    package func wait(at now: Duration) -> Duration? {
        let wait = max(full, now) + increment - capacity - now
        return wait > .zero ? wait : nil
    }

    /// Takes a token out. There has to be one.
    package mutating func take(at now: Duration) {
        full = max(full, now) + increment
    }
}
