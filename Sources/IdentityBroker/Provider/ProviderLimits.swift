/// The resource limits of one provider instance.
public struct ProviderLimits: Sendable, Hashable {
    /// How long a whole login may take, including the wait for its turn.
    public var timeout: Duration
    /// How long name resolution, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration
    /// How many logins may be under way at once.
    public var concurrency: Int
    /// How many more may wait for their turn; any beyond are refused as ``BrokerError/Kind/unavailable``.
    public var queue: Int
    /// How many logins may begin per interval; any beyond are refused as ``BrokerError/Kind/rateLimited``. Nil for no
    /// limit.
    public var rate: RateLimit?
    /// The same for the logins of one caller, if the app identifies callers. Nil for no limit.
    public var callerRate: RateLimit?
    /// When logins to a failing upstream are suspended; they are then refused as
    /// ``BrokerError/Kind/upstreamUnavailable``. Nil for never.
    public var breaker: CircuitBreakerLimit?
    /// The longest body accepted from the upstream, in bytes.
    public var responseSize: Int

    /// Makes limits; every default is safe in production.
    public init(
        timeout: Duration = .seconds(10),
        connectTimeout: Duration = .seconds(3),
        concurrency: Int = 256,
        queue: Int = 256,
        rate: RateLimit? = nil,
        callerRate: RateLimit? = nil,
        breaker: CircuitBreakerLimit? = CircuitBreakerLimit(),
        responseSize: Int = 256 * 1024
    ) {
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.concurrency = concurrency
        self.queue = queue
        self.rate = rate
        self.callerRate = callerRate
        self.breaker = breaker
        self.responseSize = responseSize
    }
}

extension ProviderLimits {
    /// Refuses meaningless limits, such as a rate per empty interval.
    func check() throws(BrokerError) {
        for rate in [rate, callerRate].compactMap(\.self) {
            guard rate.logins >= 1, rate.burst >= 1, rate.interval > .zero else {
                throw .misconfigured("A rate limit needs at least one login, a burst of at least one, and an interval.")
            }
        }
        if let breaker, breaker.failures < 1 || breaker.openFor <= .zero {
            throw .misconfigured("A circuit breaker needs at least one failure and a time to stay open.")
        }
    }
}
