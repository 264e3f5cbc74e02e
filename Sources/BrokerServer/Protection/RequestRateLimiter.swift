package import IdentityBroker

/// Limits callers that send too many requests: a token bucket for each, within a bound on their number.
///
/// Only a bucket that is full again is thrown away, so that a flood of callers makes nobody's new. Those beyond the bound
/// share one bucket.
package final class RequestRateLimiter: Sendable {
    package enum Answer: Sendable, Equatable {
        case admitted
        case refused(retryAfter: Duration)
    }

    package let limit: RateLimit

    private let buckets: Locked<CallerBuckets>

    /// - Parameters:
    ///   - limit: What each caller may do.
    ///   - capacity: How many callers have a bucket of their own.
    ///   - now: The time since any fixed instant.
    package init(_ limit: RateLimit, capacity: Int = 65_536, at now: Duration) {
        self.limit = limit
        buckets = Locked(CallerBuckets(limit, capacity: capacity, at: now))
    }

    /// A caller sends a request.
    package func admit(_ caller: CallerKey, at now: Duration) -> Answer {
        buckets.withLock { buckets in
            if let wait = buckets.wait(of: caller, at: now) { return .refused(retryAfter: wait) }
            buckets.take(of: caller, at: now)
            return .admitted
        }
    }
}
