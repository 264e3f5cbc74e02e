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
    /// The rate at which one address, or one IPv6 /64, may begin what waits for a person: logins in a browser, pushed
    /// requests and device codes. Many people may share an address.
    public var transactionRate: RateLimit

    /// Makes limits.
    public init(
        concurrency: Int = 2048,
        clientRate: RateLimit? = nil,
        addressRate: RateLimit? = nil,
        transactionRate: RateLimit = RateLimit(logins: 600, per: .seconds(60))
    ) {
        self.concurrency = concurrency
        self.clientRate = clientRate
        self.addressRate = addressRate
        self.transactionRate = transactionRate
    }
}

/// How much of a request is read.
public struct RequestBounds: Sendable, Hashable {
    /// The longest body, in bytes; 64 KiB by default.
    public var bodySize: Int
    /// How long a body may take to arrive; 10 seconds by default.
    public var bodyTime: Duration

    /// Makes bounds.
    public init(bodySize: Int = 64 * 1024, bodyTime: Duration = .seconds(10)) {
        self.bodySize = bodySize
        self.bodyTime = bodyTime
    }
}

/// How many connections a listener holds at once.
public struct ConnectionCapacity: Sendable, Hashable {
    /// The maximum in total. Fewer are held if the process's limit on open files requires it.
    public var total: Int
    /// The maximum from one address, or one IPv6 /64. Trusted proxies are exempt.
    public var perAddress: Int
    /// The maximum number of bytes of incomplete request heads, on all connections together.
    public var headBytes: Int

    /// Makes limits.
    ///
    /// - Parameters:
    ///   - total: At least 1.
    ///   - perAddress: At least 1.
    ///   - headBytes: At least the maximum for one head, 48 KiB.
    public init(total: Int = 10_000, perAddress: Int = 256, headBytes: Int = 32 * 1024 * 1024) {
        self.total = total
        self.perAddress = perAddress
        self.headBytes = headBytes
    }
}

/// How long a service takes to stop.
public struct DrainTimes: Sendable, Hashable {
    /// How long it keeps serving while it reports not ready and tells clients to leave; 5 seconds by default.
    public var delay: Duration
    /// How long requests under way may take to finish after that; 30 seconds by default.
    public var requests: Duration

    /// Makes times.
    public init(delay: Duration = .seconds(5), requests: Duration = .seconds(30)) {
        self.delay = delay
        self.requests = requests
    }
}
