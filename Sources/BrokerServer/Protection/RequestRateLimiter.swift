package import IdentityBroker

/// Limits the request rate per caller: one token bucket each, up to a maximum number of callers.
///
/// Only full buckets are dropped, so a flood of callers resets no one's. Callers beyond the maximum share one bucket.
package final class RequestRateLimiter: Sendable {
    package enum Answer: Sendable, Equatable {
        case admitted
        case refused(retryAfter: Duration)
    }

    package let limit: RateLimit

    private let buckets: Locked<CallerBuckets>

    /// - Parameters:
    ///   - limit: The rate of each caller.
    ///   - capacity: How many callers have their own bucket.
    ///   - now: The time since a fixed instant.
    package init(_ limit: RateLimit, capacity: Int = 65_536, at now: Duration) {
        self.limit = limit
        buckets = Locked(CallerBuckets(limit, capacity: capacity, at: now))
    }

    /// Records a caller's request.
    package func admit(_ caller: CallerKey, at now: Duration) -> Answer {
        buckets.withLock { buckets in
            if let wait = buckets.wait(of: caller, at: now) { return .refused(retryAfter: wait) }
            buckets.take(of: caller, at: now)
            return .admitted
        }
    }
}

extension CallerKey {
    /// A relying party by its `client_id`. Distinct from the key of any address.
    package static func client(_ id: String) -> CallerKey {
        CallerKey("client \(id)")
    }
}
