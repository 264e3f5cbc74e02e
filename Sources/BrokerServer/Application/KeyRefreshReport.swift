import IdentityBroker
import Logging

/// Tells operators that the signing keys cannot be refreshed, for as long as that lasts. Nothing else would show it,
/// since the current keys keep working: a key is published long before it signs.
struct KeyRefreshReport: Sendable {
    private var trouble = LastingTrouble<String>()
    private let logger: Logger

    init(to logger: Logger) {
        self.logger = logger
    }

    /// Records the result of a refresh.
    mutating func record(_ failure: BrokerError?, at uptime: Duration) {
        guard let news = trouble.observe(failure?.message, at: uptime) else { return }
        var metadata: Logger.Metadata = [:]
        if let failure { metadata["broker.reason"] = "\(failure.message)" }
        if let seconds = news.seconds { metadata["broker.lasting_seconds"] = "\(seconds)" }
        if news.isOver {
            logger.notice("signing keys refreshed again", metadata: metadata)
        } else {
            logger.error("signing keys not refreshed", metadata: metadata)
        }
    }
}
