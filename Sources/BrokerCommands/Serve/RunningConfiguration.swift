import BrokerConfiguration
import BrokerServer
import IdentityBroker
import Metrics

/// What a service runs, for those who ask it: the providers, and how it relates to the configuration file.
final class RunningConfiguration: Sendable {
    private let state: Locked<ConfigurationState>
    private let lastReloadSucceeded = Gauge(label: "broker_configuration_last_reload_successful")
    private let settingsNeedingRestart = Gauge(label: "broker_configuration_settings_needing_restart")

    init(_ configuration: Configuration) {
        state = Locked(ConfigurationState(configuration))
        show(ConfigurationState(configuration))
    }

    @Sendable
    func listings() -> [ProviderListing] {
        state.withLock { $0.configuration }.providers.map { ProviderListing($0) }
    }

    @Sendable
    func status() -> ConfigurationStatus {
        let state = state.withLock { $0 }
        return ConfigurationStatus(
            isRefused: state.failure != nil, settingsNeedingRestart: state.settingsNeedingRestart.map(\.keyPath))
    }

    @Sendable
    func update(_ new: ConfigurationState) {
        state.withLock { $0 = new }
        show(new)
    }

    private func show(_ state: ConfigurationState) {
        lastReloadSucceeded.record(state.failure == nil ? 1 : 0)
        settingsNeedingRestart.record(state.settingsNeedingRestart.count)
    }
}
