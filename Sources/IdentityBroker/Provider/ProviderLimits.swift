/// How much one provider instance may cost.
public struct ProviderLimits: Sendable, Hashable {
    /// How long a whole login may take, waiting for room included.
    public var timeout: Duration
    /// How long resolving, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration
    /// How many logins may be under way at once.
    public var concurrency: Int
    /// How many more may wait for room; one more is refused as ``BrokerError/Kind/unavailable``.
    public var queue: Int
    /// How many logins may begin within a time; one more is refused as ``BrokerError/Kind/rateLimited``. Nil for any number.
    public var rate: RateLimit?
    /// The same for the logins of one caller, where the app says who calls. Nil for any number.
    public var callerRate: RateLimit?
    /// When an upstream that keeps failing is left alone; logins are then refused as
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
