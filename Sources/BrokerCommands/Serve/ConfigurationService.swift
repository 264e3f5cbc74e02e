import BrokerConfiguration
import Logging
import ServiceLifecycle
import UnixSignals

/// Watches the configuration file for as long as the service runs.
struct ConfigurationService: Service {
    let reloader: ConfigurationReloader
    let requests: UnixSignalsSequence
    let logger: Logger

    func run() async {
        let watcher = ConfigurationWatcher(reloader, requests: requests, logger: logger)
        await cancelWhenGracefulShutdown { await watcher.run() }
    }
}
