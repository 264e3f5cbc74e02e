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
