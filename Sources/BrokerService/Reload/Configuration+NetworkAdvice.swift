import BrokerConfiguration
import Logging

extension Configuration {
    /// Warns of URLs that no request is sent to.
    func logNetworkAdvice(to logger: Logger) {
        for advice in networkAdvice {
            logger.warning(
                "a provider's network rules refuse its URL",
                metadata: ["broker.configuration.problem": "\(advice)"])
        }
    }
}
