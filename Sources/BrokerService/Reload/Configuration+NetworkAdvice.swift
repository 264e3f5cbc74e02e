import BrokerConfiguration
import Logging

extension Configuration {
    /// Warns of URLs to which no request can be sent.
    func logNetworkAdvice(to logger: Logger) {
        for advice in networkAdvice {
            logger.warning(
                "a provider's network rules refuse its URL",
                metadata: ["broker.configuration.problem": "\(advice)"])
        }
    }
}
