import BrokerConfiguration
import BrokerServer
import IdentityBroker
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

/// How the running service relates to its configuration file, for those who ask.
final class RunningConfiguration: Sendable {
    private let state: Locked<ConfigurationState>
    private let file = Locked<RunningStateFile?>(nil)
    private let lastReloadSucceeded = Gauge(label: "broker_configuration_last_reload_successful")
    private let settingsNeedingRestart = Gauge(label: "broker_configuration_settings_needing_restart")

    init(_ configuration: Configuration) {
        state = Locked(ConfigurationState(configuration))
        show(ConfigurationState(configuration))
    }

    @Sendable
    func status() -> ConfigurationStatus {
        let state = state.withLock { $0 }
        return ConfigurationStatus(
            isRefused: state.failure != nil, settingsNeedingRestart: state.settingsNeedingRestart.map(\.keyPath))
    }

    /// Keeps a file up to date from now on that describes what runs.
    func show(at path: String, logger: Logger) {
        guard let new = RunningStateFile(path: path) else {
            logger.notice(
                "'config check --running' finds nothing: the file cannot be written, or another service has it",
                metadata: ["broker.state.path": "\(path)"])
            return
        }
        file.withLock { $0 = new }
        new.write(state.withLock { $0 })
    }

    @Sendable
    func update(_ new: ConfigurationState) {
        state.withLock { $0 = new }
        show(new)
        file.withLock { $0 }?.write(new)
    }

    private func show(_ state: ConfigurationState) {
        lastReloadSucceeded.record(state.failure == nil ? 1 : 0)
        settingsNeedingRestart.record(state.settingsNeedingRestart.count)
    }
}

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
