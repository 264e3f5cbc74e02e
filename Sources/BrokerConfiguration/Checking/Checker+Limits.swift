import IdentityBroker

extension Checker {
    /// The limits of an instance, with the defaults where nothing stands.
    mutating func limits(_ settings: CheckedSettings) -> ProviderLimits {
        let (value, path) = (settings.value, settings.path)
        var limits = ProviderLimits()
        if let timeout = value["timeout"], let duration = timeout.duration {
            limits.timeout = duration
            limits.connectTimeout = min(limits.connectTimeout, duration)
            if duration > LimitSettings.longestTimeout {
                report(.invalidValue, at: timeout.position, path.appending("timeout"), "Expected a time of at most 5m.")
            }
        }
        if let connectTimeout = value["connectTimeout"], let duration = connectTimeout.duration {
            limits.connectTimeout = duration
            if duration > limits.timeout {
                let message =
                    "Expected a time no longer than the timeout of the whole login, which is 10s unless it is given."
                report(.invalidValue, at: connectTimeout.position, path.appending("connectTimeout"), message)
            }
        }
        if let concurrency = value["concurrency"]?.integer {
            limits.concurrency = concurrency
        }
        if let responseSize = value["responseSize"], let bytes = responseSize.integer {
            limits.responseSize = bytes
            if !LimitSettings.responseSizes.contains(bytes) {
                let message = "Expected a size from 1KiB to 16MiB."
                report(.invalidValue, at: responseSize.position, path.appending("responseSize"), message)
            }
        }
        return limits
    }
}
