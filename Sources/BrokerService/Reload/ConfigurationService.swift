import BrokerConfiguration
import Logging
import ServiceLifecycle
import UnixSignals

/// Watches the configuration file while the service runs.
struct ConfigurationService: Service {
    let reloader: ConfigurationReloader
    /// The requests to reload; nil to watch only the file.
    let requests: UnixSignalsSequence?
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown {
            if let requests {
                await ConfigurationWatcher(reloader, requests: requests, logger: logger).run()
            } else {
                await ConfigurationWatcher(reloader, requests: AsyncStream<Void> { _ in }, logger: logger).run()
            }
        }
    }
}
