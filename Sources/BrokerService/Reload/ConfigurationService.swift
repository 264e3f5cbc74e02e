import BrokerConfiguration
import Logging
import ServiceLifecycle
import UnixSignals

/// Watches the configuration file for as long as the service runs.
struct ConfigurationService: Service {
    let reloader: ConfigurationReloader
    /// Each asks for a reload; nil to watch the file alone.
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
