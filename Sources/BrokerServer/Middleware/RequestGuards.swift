import BrokerServing
import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker
import NIOCore

/// Protects the endpoints from the network: which proxies are trusted, and how many requests are accepted from whom.
final class RequestGuards: Sendable {
    let trust: ProxyTrust
    let loadLimit: LoadLimit
    let places: PlaceQueue
    let gate = DrainGate()
    let clock: BrokerClock

    private struct Rates: Sendable {
        var addresses: RequestRateLimiter?
        var clients: RequestRateLimiter?
        /// Whatever waits for a person.
        var transactions: RequestRateLimiter
    }

    private let rates: Locked<Rates>
    /// The rate of an address at the nonce endpoint, whatever is configured: each request there writes a record, and needs
    /// no secret.
    private let nonceRate: RequestRateLimiter
    /// How many nonces an address, or an IPv6 /64, gets: enough for a company behind one address.
    static let noncesOfAddress = RateLimit(logins: 600, per: .seconds(60))

    /// - Parameter parallelism: How many requests are processed concurrently; see ``LoadLimit/parallelism``.
    init(
        _ limits: RequestLimits,
        trust: ProxyTrust,
        clock: BrokerClock,
        parallelism: Int = LoadLimit.defaultParallelism
    ) {
        self.trust = trust
        self.clock = clock
        loadLimit = LoadLimit(requests: limits.concurrency, parallelism: parallelism)
        places = PlaceQueue(loadLimit, clock: clock)
        let now = clock.uptime()
        nonceRate = RequestRateLimiter(Self.noncesOfAddress, at: now)
        rates = Locked(
            Rates(
                addresses: limits.addressRate.map { RequestRateLimiter($0, at: now) },
                clients: limits.clientRate.map { RequestRateLimiter($0, at: now) },
                transactions: RequestRateLimiter(limits.transactionRate, at: now)))
    }

    /// How many complete requests are unanswered: those being processed, and those that wait at their connections.
    var pendingRequests: Int { gate.underWay + places.waiting }

    /// Changes rates. Unchanged ones keep their counts.
    ///
    /// - Parameter transactions: Nil to leave it as it is.
    func replaceRates(client: RateLimit?, address: RateLimit?, transactions: RateLimit? = nil) {
        let now = clock.uptime()
        func limiter(_ limit: RateLimit?, after old: RequestRateLimiter?) -> RequestRateLimiter? {
            old?.limit == limit ? old : limit.map { RequestRateLimiter($0, at: now) }
        }
        rates.withLock { rates in
            rates = Rates(
                addresses: limiter(address, after: rates.addresses), clients: limiter(client, after: rates.clients),
                transactions: limiter(transactions, after: rates.transactions) ?? rates.transactions)
        }
    }

    /// Applies the client's rate limit to a request.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admit(_ client: String) throws(OAuthError) {
        try admit(.client(client), by: rates.withLock { $0.clients }, "This client makes too many requests.")
    }

    /// Applies the rate limit of its address to a request.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admit(_ origin: RequestOrigin) throws(OAuthError) {
        try admit(
            origin.address.callerKey, by: rates.withLock { $0.addresses }, "Too many requests come from this address.")
    }

    /// Applies the nonce endpoint's own rate limit to a request.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admitNonce(for origin: RequestOrigin) throws(OAuthError) {
        try admit(origin.address.callerKey, by: nonceRate, "Too many nonces are requested from this address.")
    }

    /// Applies the rate limit of what waits for a person to a request that begins such a thing.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admitTransaction(for origin: RequestOrigin) throws(OAuthError) {
        try admit(
            origin.address.callerKey, by: rates.withLock { $0.transactions },
            "Too many logins are begun from this address.")
    }

    private func admit(
        _ caller: CallerKey,
        by limiter: RequestRateLimiter?,
        _ message: String
    ) throws(OAuthError) {
        guard let limiter, case .refused(let wait) = limiter.admit(caller, at: clock.uptime()) else { return }
        throw OAuthError(BrokerError(.rateLimited, message, retryAfter: wait))
    }
}

extension RequestGuards {
    /// Where a request comes from, as reported by trusted proxies.
    func origin(of request: Request, in context: some RequestContext) -> RequestOrigin {
        let remote = (context as? any RemoteAddressRequestContext)?.remoteAddress
        let peer = remote?.ipAddress.flatMap { ClientAddress($0) } ?? ClientAddress.unknown
        return trust.origin(of: peer, overTLS: request.head.scheme == "https", request.headers)
    }
}
