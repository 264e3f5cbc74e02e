public import IdentityBroker

/// How many requests the service accepts, and from whom.
public struct RequestLimits: Sendable, Hashable {
    /// How many requests the service holds at once: those being processed, 32 per processor, and those that wait for
    /// their turn. A login that waits for its upstream does not count, since its provider's limits apply; nor does a
    /// request that waits for an unresponsive store, of which each connection has at most one.
    public var concurrency: Int
    /// The rate for one client; nil for no limit.
    public var clientRate: RateLimit?
    /// The rate for one address, or one IPv6 /64; nil for no limit.
    public var addressRate: RateLimit?

    /// Makes limits.
    public init(concurrency: Int = 2048, clientRate: RateLimit? = nil, addressRate: RateLimit? = nil) {
        self.concurrency = concurrency
        self.clientRate = clientRate
        self.addressRate = addressRate
    }
}
