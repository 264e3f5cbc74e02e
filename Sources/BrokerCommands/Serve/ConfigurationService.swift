import BrokerConfiguration
import Logging
import ServiceLifecycle

/// Watches the configuration file for as long as the service runs.
struct ConfigurationService: Service {
    let reloader: ConfigurationReloader
    let logger: Logger

    func run() async {
        let watcher = await ConfigurationWatcher(reloader, logger: logger)
        await cancelWhenGracefulShutdown { await watcher.run() }
    }
}
