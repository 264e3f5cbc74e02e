import BrokerTokens
import HTTPTypes
import IdentityBroker

/// What stands between the network and the endpoints: who is believed, how much is taken on, and from whom.
final class RequestGuards: Sendable {
    let trust: ProxyTrust
    let shedder: Locked<LoadShedder>
    let gate = DrainGate()
    let clock: BrokerClock

    private let addresses: RequestRateLimiter?
    private let clients: RequestRateLimiter?

    init(_ limits: RequestLimits, trust: ProxyTrust, clock: BrokerClock) {
        self.trust = trust
        self.clock = clock
        shedder = Locked(LoadShedder(LoadLimit(requests: limits.concurrency)))
        let now = clock.uptime()
        addresses = limits.addressRate.map { RequestRateLimiter($0, at: now) }
        clients = limits.clientRate.map { RequestRateLimiter($0, at: now) }
    }

    /// Lets a client's request pass its rate.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admit(_ client: String) throws(OAuthError) {
        try admit(.client(client), by: clients, "This client makes too many requests.")
    }

    /// Lets a request pass the rate of the address it comes from.
    ///
    /// - Throws: ``OAuthError`` with status 429.
    func admit(_ origin: RequestOrigin) throws(OAuthError) {
        try admit(origin.address.callerKey, by: addresses, "Too many requests come from this address.")
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
