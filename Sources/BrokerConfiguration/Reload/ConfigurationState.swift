/// How a running program relates to its configuration file.
public struct ConfigurationState: Sendable {
    /// The configuration in effect: the last valid one, with unapplied parts as they were before.
    public var configuration: Configuration
    /// Why the file, or a part of it, is not in effect; nil while all of it is, as far as is known.
    public var failure: ConfigurationError?
    /// The settings of ``configuration`` that take effect only after a restart, each of kind
    /// ``ConfigurationProblem/Kind/needsRestart``, in file order.
    public var settingsNeedingRestart: [ConfigurationProblem] = []

    /// The configuration at startup, which still applies to the settings that need a restart.
    public let started: Configuration

    /// The running values of settings that the program refused to change, by path; nil for an unset one.
    var keptServerSettings: [String: CheckedValue.Content?] = [:]

    /// The state at startup.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        started = configuration
    }

    /// The settings of the service that run, with their defaults, by their paths.
    var runningServerSettings: [String: CheckedValue.Content] {
        var settings = configuration.serverSettingsRunning(since: started)
        for (path, value) in keptServerSettings { settings[path] = value }
        return settings
    }

    /// Applies what can be applied of a new configuration.
    mutating func apply(_ plan: ReloadPlan) {
        let running = runningServerSettings
        let refused = plan.refusedServerSettings(among: Set(running.keys).union(plan.configuration.serverSettings.keys))
        keptServerSettings = Dictionary(uniqueKeysWithValues: refused.map { ($0, running[$0]) })
        (configuration, failure) = (plan.configuration, plan.failure)
        settingsNeedingRestart =
            (plan.configuration.settingsNeedingRestart(since: started) + plan.change.settingsNeedingRestart).inFileOrder
    }
}

extension [String: CheckedValue.Content] {
    /// The keys whose values differ, in order.
    func differences(from other: Self) -> [String] {
        Set(keys).union(other.keys).filter { self[$0] != other[$0] }.sorted()
    }
}
