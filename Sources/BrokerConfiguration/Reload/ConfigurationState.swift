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

    /// The state at startup.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        started = configuration
    }
}
