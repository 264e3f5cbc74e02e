import IdentityBroker

extension Checker {
    /// The limits of an instance, with defaults for omitted settings.
    mutating func limits(_ settings: CheckedSettings) -> ProviderLimits {
        let value = settings.value
        var limits = ProviderLimits()
        if let timeout = value["timeout"]?.duration {
            limits.timeout = timeout
            limits.connectTimeout = min(limits.connectTimeout, timeout)
            if timeout > LimitSettings.longestTimeout {
                let longest = LimitSettings.longestTimeout.setting
                report(settings.member("timeout"), "Expected a time of at most \(longest).")
            }
        }
        if let connectTimeout = value["connectTimeout"]?.duration {
            limits.connectTimeout = connectTimeout
            if connectTimeout > limits.timeout {
                let message =
                    "Expected a time no longer than 'timeout', which is \(ProviderLimits().timeout.setting) by default."
                report(settings.member("connectTimeout"), message)
            }
        }
        limits.concurrency = value["concurrency"]?.integer ?? limits.concurrency
        limits.queue = value["queue"]?.integer ?? limits.queue
        limits.rate = rate(settings.member("rate"), counting: "logins")
        limits.callerRate = rate(settings.member("callerRate"), counting: "logins")
        limits.breaker = breaker(settings.member("breaker"))
        if let bytes = value["responseSize"]?.integer {
            limits.responseSize = bytes
            if !LimitSettings.responseSizes.contains(bytes) {
                report(
                    settings.member("responseSize"), "Expected a size from \(LimitSettings.responseSizes.setting).")
            }
        }
        return limits
    }

    /// How many of the given unit may begin per period; nil if omitted.
    mutating func rate(_ settings: CheckedSettings, counting unit: String) -> RateLimit? {
        guard let interval = period(settings.member("per")), let count = settings.value[unit]?.integer else {
            return nil
        }
        return RateLimit(logins: count, per: interval, burst: settings.value["burst"]?.integer)
    }

    /// When a circuit breaker opens; nil if that is switched off.
    private mutating func breaker(_ settings: CheckedSettings) -> CircuitBreakerLimit? {
        var limit = CircuitBreakerLimit()
        limit.openFor = period(settings.member("openFor")) ?? limit.openFor
        limit.failures = settings.value["failures"]?.integer ?? limit.failures
        return limit.failures == 0 ? nil : limit
    }

    /// A duration of limited length; nil if omitted.
    private mutating func period(_ setting: CheckedSettings) -> Duration? {
        guard let duration = setting.value.duration else { return nil }
        if duration > LimitSettings.longestPeriod {
            report(setting, "Expected a time of at most \(LimitSettings.longestPeriod.setting).")
        }
        return duration
    }
}
