/// How much one provider instance may cost.
public struct ProviderLimits: Sendable, Hashable {
    /// How long a whole login may take.
    public var timeout: Duration
    /// How long resolving, connecting and the TLS handshake may take together.
    public var connectTimeout: Duration
    /// How many logins may be under way at once; one more is refused as ``BrokerError/Kind/unavailable``.
    public var concurrency: Int
    /// The longest body accepted from the upstream, in bytes.
    public var responseSize: Int

    /// Makes limits; every default is safe in production.
    public init(
        timeout: Duration = .seconds(10),
        connectTimeout: Duration = .seconds(3),
        concurrency: Int = 256,
        responseSize: Int = 256 * 1024
    ) {
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.concurrency = concurrency
        self.responseSize = responseSize
    }
}
