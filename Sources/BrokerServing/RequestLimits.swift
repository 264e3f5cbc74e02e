public import IdentityBroker

/// How many requests the service takes on, and from whom.
public struct RequestLimits: Sendable, Hashable {
    /// How many the service holds at once: those it works on, 32 for each processor, and those that wait for their turn. A login
    /// that waits for its upstream does not count, since its provider's limits do; nor does a request that waits for a silent
    /// store, of which each connection has at most one.
    public var concurrency: Int
    /// How many one client may make; nil for any number.
    public var clientRate: RateLimit?
    /// How many may come from one address, or one IPv6 network of 64 bits; nil for any number.
    public var addressRate: RateLimit?

    /// Makes limits.
    public init(concurrency: Int = 2048, clientRate: RateLimit? = nil, addressRate: RateLimit? = nil) {
        self.concurrency = concurrency
        self.clientRate = clientRate
        self.addressRate = addressRate
    }
}
