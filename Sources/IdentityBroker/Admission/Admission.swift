/// The door of one provider instance: who may come in now.
final class Admission: Sendable {
    private let limit: Locked<ConcurrencyLimit>

    init(_ limits: ProviderLimits) {
        limit = Locked(ConcurrencyLimit(maximum: limits.concurrency))
    }

    /// Lets one login in, or refuses it.
    func enter() throws(BrokerError) {
        guard limit.withLock({ $0.enter() }) else {
            throw BrokerError(
                .unavailable,
                "Too many logins are under way at this provider. Try again in a moment.",
                retryAfter: .seconds(1)
            )
        }
    }

    /// Lets one login out.
    func leave() {
        limit.withLock { $0.leave() }
    }
}
