import BrokerConfiguration
import BrokerServer
import IdentityBroker
import Logging
import Metrics

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
