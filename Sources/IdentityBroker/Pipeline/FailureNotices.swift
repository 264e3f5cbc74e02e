import Logging

/// Tells operators of logins that fail for a reason only they can fix. Every login may fail that way, so each
/// provider's reason is logged when it is new, then once a minute; if several alternate, one a second.
final class FailureNotices: Sendable {
    private struct Notice: Sendable {
        var message: String
        var told: Duration
    }

    private static let interval = Duration.seconds(60)
    private static let shortestInterval = Duration.seconds(1)

    private let clock: BrokerClock
    private let logger: Logger
    private let last = Locked<[ProviderID: Notice]>([:])

    init(clock: BrokerClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    /// Reports the failure of a login. Its message has been redacted.
    func report(_ error: BrokerError, of provider: ProviderID) {
        guard error.kind == .misconfigured || error.kind == .internalError else { return }
        let now = clock.uptime()
        let isDue = last.withLock { last in
            if let notice = last[provider] {
                let pause = notice.message == error.message ? Self.interval : Self.shortestInterval
                if now - notice.told < pause { return false }
            }
            last[provider] = Notice(message: error.message, told: now)
            return true
        }
        guard isDue else { return }
        logger.error(
            "logins fail until an operator puts something right",
            metadata: metadata(provider, error.message, upstreamCode: error.upstreamCode)
        )
    }

    /// Reports that a circuit breaker changed state.
    ///
    /// - Parameter failure: The redacted failure of the last login.
    func report(_ change: CircuitBreaker.Change, of provider: ProviderID, after failure: BrokerError?) {
        switch change {
        case .opened(let pause):
            var metadata = metadata(provider, failure?.message, upstreamCode: failure?.upstreamCode)
            metadata["broker.breaker.open_ms"] = "\(Int((pause / .milliseconds(1)).rounded()))"
            logger.warning("the upstream keeps failing and is left alone", metadata: metadata)
        case .closed:
            logger.notice("the upstream works again", metadata: metadata(provider, nil, upstreamCode: nil))
        }
    }

    private func metadata(_ provider: ProviderID, _ reason: String?, upstreamCode: String?) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["broker.provider": "\(provider)"]
        if let reason { metadata["broker.reason"] = "\(reason)" }
        if let upstreamCode { metadata["broker.upstream_code"] = "\(upstreamCode)" }
        return metadata
    }
}
